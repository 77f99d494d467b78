package io.patop.screen.terminal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal tells that is no key: the mouse, the window's focus, whether it knows a mode. */
public sealed interface TerminalReport {

    /** Calls the visitor's method for this kind of report; returns what it returns. */
    boolean accept(Visitor visitor);

    /** One method for each kind of report, which returns whether it is taken as input. */
    interface Visitor {
        boolean mouse(Mouse report);

        boolean focus(Focus report);

        boolean synchronization(Synchronized report);
    }

    /** The mouse buttons that count here. */
    enum Button {
        LEFT,
        WHEEL_UP,
        WHEEL_DOWN
    }

    /**
     * A pressed button, or a turned wheel.
     *
     * @param button which
     * @param column column of the pointer, from 0
     * @param row row of the pointer, from 0
     */
    record Mouse(Button button, int column, int row) implements TerminalReport {
        @Override
        public boolean accept(Visitor visitor) {
            return visitor.mouse(this);
        }
    }

    /**
     * The window came to the front, or went from it.
     *
     * @param inFront whether keys go to the window now
     */
    record Focus(boolean inFront) implements TerminalReport {
        @Override
        public boolean accept(Visitor visitor) {
            return visitor.focus(this);
        }
    }

    /**
     * The answer to the question whether the terminal shows updates as a whole (DEC mode 2026).
     *
     * @param known whether the terminal knows the mode, and it can be set
     */
    record Synchronized(boolean known) implements TerminalReport {
        @Override
        public boolean accept(Visitor visitor) {
            return visitor.synchronization(this);
        }
    }

    /** xterm's SGR form: button, column and row from 1; M is a press, m a release. */
    Pattern MOUSE = Pattern.compile("<(\\d{1,3});(\\d{1,4});(\\d{1,4})M");

    /** DECRPM: 0 is a mode that is not known, 4 one that is never set. */
    Pattern MODE_2026 = Pattern.compile("\\?2026;([0-4])\\$y");

    /**
     * Returns the report that a control sequence is; empty if it is none that counts here: a release, another button, a
     * click with Ctrl or Alt held, an answer to another program's question.
     *
     * @param sequence what follows {@code ESC [}
     */
    static Optional<TerminalReport> parse(String sequence) {
        Matcher mouse = MOUSE.matcher(sequence);
        if (mouse.matches()) {
            return button(Integer.parseInt(mouse.group(1)))
                    .map(button -> new Mouse(
                            button,
                            Math.max(0, Integer.parseInt(mouse.group(2)) - 1),
                            Math.max(0, Integer.parseInt(mouse.group(3)) - 1)));
        }
        Matcher mode = MODE_2026.matcher(sequence);
        if (mode.matches()) {
            return Optional.of(new Synchronized(mode.group(1).matches("[123]")));
        }
        return switch (sequence) {
            case "I" -> Optional.of(new Focus(true));
            case "O" -> Optional.of(new Focus(false));
            default -> Optional.empty();
        };
    }

    private static Optional<Button> button(int code) {
        return switch (code) {
            case 0 -> Optional.of(Button.LEFT);
            case 64 -> Optional.of(Button.WHEEL_UP);
            case 65 -> Optional.of(Button.WHEEL_DOWN);
            default -> Optional.empty();
        };
    }
}
