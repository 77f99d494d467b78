package io.patop.screen.terminal;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is typed, as far as a filter lets it pass. Used by one thread. */
final class FilteredInput extends FilterInputStream {

    /** Looks at each byte; what it is not sure of yet it holds back. */
    interface Filter {

        /**
         * Looks at the next byte.
         *
         * @param one the byte
         * @param out takes what passes now
         */
        void take(byte one, ByteArrayOutputStream out);

        /**
         * No more has come for now: what is held and may be a key by itself passes.
         *
         * @param out takes what passes now
         */
        void pause(ByteArrayOutputStream out);

        /** Whether it is within something of which nothing may pass: then nothing is promised. */
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

    /** What can be read at once. */
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
