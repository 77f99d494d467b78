package io.patop.screen.terminal;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input stream of typed bytes that a filter lets pass or takes out. Used by one thread. */
final class FilteredInput extends FilterInputStream {

    /** Looks at each byte, and holds back bytes until it can decide on them. */
    interface Filter {

        /**
         * Looks at the next byte.
         *
         * @param one the byte
         * @param out takes the bytes that pass now
         */
        void take(byte one, ByteArrayOutputStream out);

        /**
         * Releases what is held back and may be a key by itself, since no more bytes have come for now.
         *
         * @param out takes the released bytes
         */
        void pause(ByteArrayOutputStream out);

        /**
         * Returns whether the filter is within a sequence that will not pass; then no bytes are announced as
         * available.
         */
        boolean isInside();
    }

    private final Filter filter;
    private final byte[] chunk = new byte[1024];
    private byte[] ready = new byte[0];
    private int next;

    FilteredInput(InputStream in, Filter filter) {
        super(in);
        this.filter = filter;
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

    /** Returns how many bytes can be read at once. */
    @Override
    public int available() throws IOException {
        return ready.length - next + (filter.isInside() ? 0 : in.available());
    }

    private byte[] filtered(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(count);
        for (int i = 0; i < count; i++) {
            filter.take(chunk[i], out);
        }
        filter.pause(out);
        return out.toByteArray();
    }
}
