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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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
    private static final Charset CHARSET_OF_STTY = StandardCharsets.US_ASCII;

    private final String settings;
    private final PasteFilter pastes;
    private final Charset charset;
    private TerminalSize size;
    private volatile boolean sizeIsOld;
    private volatile boolean entered;

    Tty(InputStream in, OutputStream out, Charset charset, String settings) {
        this(in, new PasteFilter(charset), out, charset, settings);
    }

    private Tty(InputStream in, PasteFilter pastes, OutputStream out, Charset charset, String settings) {
        super(new FilteredInput(new FilteredInput(in, pastes), new TerminalReportFilter()), out, charset);
        this.pastes = pastes;
        this.settings = settings;
        this.charset = charset;
        this.size = FALLBACK;
        this.sizeIsOld = true;
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
        writeToTerminal(PasteFilter.ON.getBytes(StandardCharsets.US_ASCII));
        setCursorVisible(false);
        flush();
    }

    /** Returns the text that was pasted, after the key {@code F19} has come. For the thread that reads the keys. */
    public Optional<String> pasted() {
        return pastes.pasted();
    }

    /** Restores the terminal as it was found. May be called by any thread, and more than once. */
    @Override
    public synchronized void exitPrivateMode() throws IOException {
        if (!entered) {
            return;
        }
        try {
            writeToTerminal(PasteFilter.OFF.getBytes(StandardCharsets.US_ASCII));
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
     * Makes the terminal show a notification. A terminal that cannot do so shows nothing.
     *
     * @param how which of the two known sequences to use
     * @param text text that may hold anything; what a terminal could take for more than text is taken out
     */
    public synchronized void tell(Notification how, String text) throws IOException {
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
