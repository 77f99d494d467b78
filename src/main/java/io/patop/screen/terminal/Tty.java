package io.patop.screen.terminal;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import io.patop.text.Printable;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The terminal that patop was started in. Lanterna's own UnixTerminal asks for the size by moving the cursor and
 * waiting up to 5 s for a report (lanterna issue 591), restores settings that it did not read, and leaves the
 * terminal in a shutdown hook that races with whoever is still drawing (issues 305, 575). This class asks
 * {@code stty size}, saves the settings once and restores them in one step, and leaves the terminal only in
 * {@link #exitPrivateMode}.
 *
 * <p>{@code /bin/stty} must exist; the system property
 * {@code com.googlecode.lanterna.terminal.UnixTerminal.sttyCommand} names another.
 */
public final class Tty extends ANSITerminal {

    private static final TerminalSize FALLBACK = new TerminalSize(80, 24);
    private static final int LONGEST_COPY = 50_000;
    private static final Charset CHARSET_OF_STTY = StandardCharsets.US_ASCII;

    /**
     * Makes the terminal report buttons and the wheel, in the form without a limit of 223 columns (xterm's 1000 and
     * 1006).
     */
    private static final String MOUSE_ON = "\u001b[?1000h\u001b[?1006h";

    private static final String MOUSE_OFF = "\u001b[?1006l\u001b[?1000l";

    /** Makes the terminal report when its window comes to the front or goes from it (xterm's 1004). */
    private static final String FOCUS_ON = "\u001b[?1004h";

    private static final String FOCUS_OFF = "\u001b[?1004l";

    /**
     * Asks whether updates can be shown as a whole. A terminal that does not know the question may print a part of it,
     * so the screen is cleared after it.
     */
    private static final String ASK_SYNCHRONIZED = "\u001b[?2026$p\u001b[2J\u001b[H";

    private static final String UPDATE_BEGINS = "\u001b[?2026h";

    private static final String UPDATE_ENDS = "\u001b[?2026l";

    private final String settings;
    private final PasteFilter pastes;
    private final Reports reports;
    private final Charset charset;
    private TerminalSize size;
    private volatile boolean sizeIsOld;
    private volatile boolean entered;

    Tty(InputStream in, OutputStream out, Charset charset, String settings) {
        this(in, new PasteFilter(charset), new Reports(), out, charset, settings);
    }

    private Tty(
            InputStream in, PasteFilter pastes, Reports reports, OutputStream out, Charset charset, String settings) {
        super(new FilteredInput(new FilteredInput(in, pastes), new TerminalReportFilter(reports)), out, charset);
        this.pastes = pastes;
        this.reports = reports;
        this.settings = settings;
        this.charset = charset;
        this.size = FALLBACK;
        this.sizeIsOld = true;
    }

    /** What the terminal has told that is no key. Written by the thread that reads, read by any. */
    private static final class Reports implements Predicate<TerminalReport>, TerminalReport.Visitor {
        private final Queue<TerminalReport.Mouse> mouse = new ConcurrentLinkedQueue<>();
        private volatile boolean takesMouse;
        private volatile Optional<Boolean> inFront = Optional.empty();
        private volatile boolean synchronizes;

        @Override
        public boolean test(TerminalReport report) {
            return report.accept(this);
        }

        @Override
        public boolean mouse(TerminalReport.Mouse report) {
            return takesMouse && mouse.add(report);
        }

        @Override
        public boolean focus(TerminalReport.Focus report) {
            inFront = Optional.of(report.inFront());
            return false;
        }

        @Override
        public boolean synchronization(TerminalReport.Synchronized report) {
            synchronizes = report.known();
            return false;
        }
    }

    /**
     * Opens the terminal on standard input and output, without entering it.
     *
     * @throws IOException with a message of one line for a person, if there is no terminal
     */
    public static Tty open(Charset charset) throws IOException {
        String settings = stty(List.of("-g")).orElseThrow(() -> new IOException("standard input is not a terminal"));
        return new Tty(
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                charset,
                settings.strip());
    }

    /**
     * Enters the terminal: echo, line mode and signals from keys are off (Ctrl-C comes as a key), the alternate
     * screen is on, the cursor hidden. From then on the window's size is followed.
     */
    @Override
    public synchronized void enterPrivateMode() throws IOException {
        if (entered) {
            return;
        }
        entered = true;
        sizeIsOld = false;
        size = stty(List.of("-icanon", "-echo", "-isig", "-ixon", "min", "1", "time", "0", "size"))
                .flatMap(Tty::parse)
                .orElse(size);
        super.enterPrivateMode();
        send(PasteFilter.ON + FOCUS_ON + (reports.takesMouse ? MOUSE_ON : "") + ASK_SYNCHRONIZED);
        setCursorVisible(false);
        flush();
    }

    /** Returns the text that was pasted, after the key {@code F19} has come. For the thread that reads the keys. */
    public Optional<String> pasted() {
        return pastes.pasted();
    }

    /** Makes buttons and wheel count, from the next time the terminal is entered. */
    public void useMouse() {
        reports.takesMouse = true;
    }

    /** Returns the button that was pressed, after the key {@code F18} has come. For the thread that reads the keys. */
    public Optional<TerminalReport.Mouse> clicked() {
        return Optional.ofNullable(reports.mouse.poll());
    }

    /** Returns whether the window is in front; empty if the terminal has never told. */
    public Optional<Boolean> inFront() {
        return reports.inFront;
    }

    /** Begins an update that the terminal shows as a whole, if it has said that it can. */
    public synchronized void beginUpdate() throws IOException {
        if (reports.synchronizes) {
            send(UPDATE_BEGINS);
        }
    }

    /** Ends an update; must follow each begun one. */
    public synchronized void endUpdate() throws IOException {
        if (reports.synchronizes) {
            send(UPDATE_ENDS);
            flush();
        }
    }

    /**
     * Makes the terminal put a text into the clipboard of the person's machine, over ssh too (OSC 52). Many terminals
     * do so, some only when they are told to, and none says whether it has.
     *
     * @param text text of at most {@value #LONGEST_COPY} characters; the rest is left out
     */
    public synchronized void copy(String text) throws IOException {
        String cut = text.substring(0, Math.min(LONGEST_COPY, text.length()));
        send("\u001b]52;c;" + Base64.getEncoder().encodeToString(cut.getBytes(StandardCharsets.UTF_8)) + "\u0007");
        flush();
    }

    private void send(String sequences) throws IOException {
        writeToTerminal(sequences.getBytes(StandardCharsets.US_ASCII));
    }

    /** Restores the terminal as it was found. May be called by any thread, and more than once. */
    @Override
    public synchronized void exitPrivateMode() throws IOException {
        if (!entered) {
            return;
        }
        try {
            endUpdate();
            send((reports.takesMouse ? MOUSE_OFF : "") + FOCUS_OFF + PasteFilter.OFF);
            super.exitPrivateMode();
        } finally {
            entered = false;
            sizeIsOld = true;
            stty(List.of(settings));
        }
    }

    /**
     * Encodes a character. Lanterna's own way writes the whole buffer that a character was encoded in: NULs after a
     * character of two bytes.
     */
    @Override
    protected byte[] translateCharacter(char character) {
        return Character.toString(character).getBytes(charset);
    }

    /** Rings the terminal's bell. */
    public synchronized void ring() throws IOException {
        writeToTerminal((byte) 7);
        flush();
    }

    /**
     * Makes the terminal show a notification, unless its window is in front. A terminal that cannot do so shows
     * nothing.
     *
     * @param how which of the two known sequences to use
     * @param text text that may hold anything; what a terminal could take for more than text is taken out
     */
    public synchronized void tell(Notification how, String text) throws IOException {
        if (reports.inFront.orElse(false)) {
            return;
        }
        String line = Printable.line(text);
        String shown =
                line.substring(0, line.offsetByCodePoints(0, Math.min(200, line.codePointCount(0, line.length()))));
        writeToTerminal(how.sequence(shown).getBytes(charset));
        flush();
    }

    /** The control sequence that makes a terminal show a notification. */
    public enum Notification {
        /** OSC 9: iTerm2, Windows Terminal, kitty, WezTerm, Ghostty. */
        OSC9 {
            @Override
            String sequence(String text) {
                // ConEmu and Windows Terminal take "4;…" for a progress bar.
                return "\u001b]9;" + text.replaceFirst("^(\\d+);", "$1 ;") + "\u0007";
            }
        },
        /** OSC 777: urxvt, foot, WezTerm, Ghostty. */
        OSC777 {
            @Override
            String sequence(String text) {
                return "\u001b]777;notify;patop;" + text.replace(';', ',') + "\u0007";
            }
        };

        /** Returns the sequence for a text without control characters. */
        abstract String sequence(String text);
    }

    /** Calls the listener whenever the window has been resized. The listener runs on a signal thread. */
    public void onResize(Runnable listener) {
        Signals.on("WINCH", () -> {
            sizeIsOld = true;
            listener.run();
        });
    }

    /**
     * Lets a person suspend the program by the shell's job control ({@code Ctrl-Z}, SIGTSTP, {@code fg}) or in any
     * other way (SIGSTOP). The terminal is restored before, if the stop can be seen coming, and taken again after.
     *
     * @param back called when the terminal has been taken again, and has to be drawn anew
     */
    public void onSuspend(Runnable back) {
        Signals.on("TSTP", () -> {
            suspend();
            back.run();
        });
        Signals.on("CONT", () -> {
            takeAgain();
            back.run();
        });
    }

    /** Restores the terminal, stops until the shell continues the process, and takes the terminal again. */
    public synchronized void suspend() {
        try {
            if (entered) {
                exitPrivateMode();
                Signals.stop();
                enterPrivateMode();
            }
        } catch (IOException lost) {
            return;
        }
    }

    /**
     * Takes the terminal again after a stop that could not be seen coming; the shell has changed the terminal's
     * settings.
     */
    private synchronized void takeAgain() {
        try {
            if (entered) {
                super.exitPrivateMode();
                entered = false;
                sizeIsOld = true;
                enterPrivateMode();
            }
        } catch (IOException lost) {
            return;
        }
    }

    @Override
    protected TerminalSize findTerminalSize() {
        // Nothing is drawn before the terminal is entered, and asking for the size takes 10 ms of the start.
        if (sizeIsOld && entered) {
            sizeIsOld = false;
            size = stty(List.of("size")).flatMap(Tty::parse).orElse(size);
        }
        return size;
    }

    /** Writes nothing once the terminal has been restored: a late frame must not land in the shell. */
    @Override
    protected void writeToTerminal(byte... bytes) throws IOException {
        if (entered) {
            super.writeToTerminal(bytes);
        }
    }

    private static Optional<TerminalSize> parse(String rowsAndColumns) {
        String[] parts = rowsAndColumns.strip().split(" ", -1);
        try {
            int rows = Integer.parseInt(parts[0]);
            int columns = Integer.parseInt(parts[1]);
            return rows > 0 && columns > 0 ? Optional.of(new TerminalSize(columns, rows)) : Optional.empty();
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException notASize) {
            return Optional.empty();
        }
    }

    /** Returns what stty printed; empty if it failed, as it does without a terminal. */
    private static Optional<String> stty(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("com.googlecode.lanterna.terminal.UnixTerminal.sttyCommand", "/bin/stty"));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] printed = process.getInputStream().readAllBytes();
            boolean done = process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
            return done ? Optional.of(new String(printed, CHARSET_OF_STTY)) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
