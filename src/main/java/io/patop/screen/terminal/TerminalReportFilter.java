package io.patop.screen.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Takes out of the typed bytes what a terminal sends that is not a key: reports of the mouse or of the window's focus,
 * which an earlier program may have left on, late answers to queries (attributes, colours, modes), and keys that
 * Lanterna does not know. For a report that somebody takes, the key {@code F18} is passed on in its place. Lanterna takes each letter of these for a key: {@code ESC [ < 0 ; 10 ; 6 M} would go to
 * another view, and the answer {@code ESC [ ? 62 c} would open the help.
 *
 * <p>The forms are those of ECMA-48 5.4 (control sequences) and 5.6 (control strings), and xterm's X10 report.
 */
final class TerminalReportFilter implements FilteredInput.Filter {

    /** Longest sequence that is kept; every key's sequence is shorter. */
    private static final int LONGEST = 32;

    /** Longest control string. A string without an end must not swallow all later keys. */
    private static final int LONGEST_STRING = 4096;

    /** Length of an X10 report: button, column and row, a byte each. */
    private static final int X10_BYTES = 3;

    private static final byte ESC = 0x1b;
    private static final byte BEL = 0x07;

    /**
     * What follows {@code ESC [} in a key that Lanterna knows: arrows, Home, End, F1 to F4 and Shift-Tab by letter;
     * Home, Insert… and F1 to F19 by number; the linux console's F1 to F5 as {@code ESC [ [} and a letter.
     */
    private static final Pattern KEY =
            Pattern.compile("\\d*(;\\d+)?[A-DFHP-SZ]|([1-6]|1[1-9]|2[01345689]|3[1-3])(;\\d+)?~|\\[");

    /** First characters of answers: a digit, or xterm's {@code ESC P > |}, {@code ESC P ! |} and {@code ESC ] l}. */
    private static final String STRINGS = "0123456789>!lL";

    private enum Place {
        BETWEEN,
        ESCAPE,
        /** After {@code ESC [}. */
        SEQUENCE,
        X10,
        /** After {@code ESC ]} or {@code ESC P}, which are keys if nothing follows. */
        STRING_OR_KEY,
        STRING,
        /** After an Escape within a string, which ends it; normally a backslash follows. */
        STRING_END
    }

    private static final byte[] F18 = "\u001b[32~".getBytes(StandardCharsets.US_ASCII);

    private final Predicate<TerminalReport> taker;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private Place place = Place.BETWEEN;
    private int length;

    /**
     * Makes a filter.
     *
     * @param taker is given each report; returns whether it keeps it, and waits for the key that stands for it
     */
    TerminalReportFilter(Predicate<TerminalReport> taker) {
        this.taker = taker;
    }

    @Override
    public void take(byte one, ByteArrayOutputStream out) {
        length++;
        switch (place) {
            case BETWEEN -> begin(one, out);
            case ESCAPE -> escaped(one, out);
            case SEQUENCE -> sequence(one, out);
            case X10 -> {
                if (length == X10_BYTES) {
                    drop();
                }
            }
            case STRING_OR_KEY -> {
                if (STRINGS.indexOf(one) >= 0) {
                    to(Place.STRING);
                } else {
                    pass(out);
                    begin(one, out);
                }
            }
            case STRING -> string(one, out);
            case STRING_END -> {
                if (one == '\\') {
                    drop();
                } else {
                    escaped(one, out);
                }
            }
        }
    }

    @Override
    public void pause(ByteArrayOutputStream out) {
        if (place == Place.ESCAPE || place == Place.STRING_OR_KEY) {
            pass(out);
        }
    }

    @Override
    public boolean isInside() {
        return place != Place.BETWEEN;
    }

    private void begin(byte one, ByteArrayOutputStream out) {
        hold(one);
        if (one == ESC) {
            to(Place.ESCAPE);
        } else {
            pass(out);
        }
    }

    private void escaped(byte one, ByteArrayOutputStream out) {
        if (one == ESC) {
            pass(out);
            begin(one, out);
            return;
        }
        hold(one);
        switch (one) {
            case '[' -> to(Place.SEQUENCE);
            case ']', 'P' -> to(Place.STRING_OR_KEY);
            default -> pass(out);
        }
    }

    private void sequence(byte one, ByteArrayOutputStream out) {
        if (one < ' ' || one > '~') {
            drop();
            begin(one, out);
            return;
        }
        hold(one);
        if (one >= '@') {
            endOfSequence(held.toString(StandardCharsets.US_ASCII).substring(2), out);
        }
    }

    private void endOfSequence(String sequence, ByteArrayOutputStream out) {
        if (sequence.equals("M")) {
            to(Place.X10);
        } else if (KEY.matcher(sequence).matches()) {
            pass(out);
        } else {
            Optional<TerminalReport> report = TerminalReport.parse(sequence);
            drop();
            if (report.filter(taker).isPresent()) {
                out.writeBytes(F18);
            }
        }
    }

    private void string(byte one, ByteArrayOutputStream out) {
        if (one == ESC) {
            held.reset();
            hold(ESC);
            to(Place.STRING_END);
        } else if (one == BEL || length > LONGEST_STRING) {
            drop();
        } else if (one >= 0 && one < ' ') {
            drop();
            begin(one, out);
        }
    }

    private void to(Place now) {
        place = now;
        length = 0;
    }

    private void hold(byte one) {
        if (held.size() < LONGEST) {
            held.write(one);
        }
    }

    private void pass(ByteArrayOutputStream out) {
        out.writeBytes(held.toByteArray());
        drop();
    }

    private void drop() {
        held.reset();
        to(Place.BETWEEN);
    }
}
