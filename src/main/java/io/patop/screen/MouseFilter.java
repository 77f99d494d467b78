package io.patop.screen;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes out of what is typed the reports of a mouse, and of a window that is looked at or not, which a program before
 * may have left on: Lanterna takes what it does not know of them for keys, and {@code ESC [ < 0 ; 10 ; 6 M} would go
 * to another view. The forms are xterm's (X10, 1006, 1004) and urxvt's (1015).
 */
final class MouseFilter extends FilterInputStream {

    /** Longer than any report: then it is none. */
    private static final int LONGEST = 32;

    /** Button, column and row, a byte each. */
    private static final int X10_BYTES = 3;

    private enum Place {
        BETWEEN,
        ESCAPE,
        BRACKET,
        /** Figures of a report, after {@code ESC [ <}. */
        REPORT,
        /** Figures of a report of urxvt's, or of a key. */
        FIGURES,
        X10
    }

    private final byte[] chunk = new byte[1024];
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private Place place = Place.BETWEEN;
    private byte[] ready = new byte[0];
    private int next;

    MouseFilter(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        while (next == ready.length) {
            int count = in.read(chunk);
            if (count < 0) {
                return -1;
            }
            ready = filtered(count);
            next = 0;
        }
        int count = Math.min(most, ready.length - next);
        System.arraycopy(ready, next, into, from, count);
        next += count;
        return count;
    }

    /** What can be read at once; inside of a report nothing is promised. */
    @Override
    public int available() throws IOException {
        return ready.length - next + (place == Place.BETWEEN ? in.available() : 0);
    }

    private byte[] filtered(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(count);
        for (int i = 0; i < count; i++) {
            take(chunk[i], out);
        }
        // A lone Escape is a key; no key begins with "Escape [" and ends there.
        if (place == Place.ESCAPE) {
            pass(out);
        }
        return out.toByteArray();
    }

    private void take(byte one, ByteArrayOutputStream out) {
        boolean isFigure = (one >= '0' && one <= '9') || one == ';';
        switch (place) {
            case BETWEEN -> {
                held.write(one);
                if (one == 0x1b) {
                    place = Place.ESCAPE;
                } else {
                    pass(out);
                }
            }
            case ESCAPE -> goOn(one, one == '[' ? Place.BRACKET : Place.BETWEEN, out);
            case BRACKET -> {
                if (one == 'I' || one == 'O') {
                    drop();
                } else {
                    goOn(
                            one,
                            one == '<'
                                    ? Place.REPORT
                                    : one == 'M' ? Place.X10 : isFigure ? Place.FIGURES : Place.BETWEEN,
                            out);
                }
            }
            case REPORT, FIGURES -> {
                if (one == 'M' || (one == 'm' && place == Place.REPORT)) {
                    drop();
                } else {
                    goOn(one, isFigure && held.size() < LONGEST ? place : Place.BETWEEN, out);
                }
            }
            case X10 -> {
                held.write(one);
                if (held.size() == "\u001b[M".length() + X10_BYTES) {
                    drop();
                }
            }
        }
    }

    /** With one more of it; what turns out to be no report passes as it came. */
    private void goOn(byte one, Place now, ByteArrayOutputStream out) {
        if (now == Place.BETWEEN && one == 0x1b) {
            pass(out);
            take(one, out);
            return;
        }
        held.write(one);
        place = now;
        if (now == Place.BETWEEN) {
            pass(out);
        }
    }

    private void pass(ByteArrayOutputStream out) {
        out.writeBytes(held.toByteArray());
        drop();
    }

    private void drop() {
        held.reset();
        place = Place.BETWEEN;
    }
}
