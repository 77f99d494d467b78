package io.patop.recording;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads the lines of a stream as bytes, in large blocks, since a day's recording has a million lines. */
final class LineInput implements Closeable {

    private final InputStream in;
    private final int longest;
    private byte[] block = new byte[1 << 17];
    private int from;
    private int to;
    private boolean ended;

    /**
     * The lines of that stream, which is closed with this object.
     *
     * @param longest a longer line is returned in pieces
     */
    LineInput(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The next line, without its line end; empty at the end of the stream. */
    Optional<byte[]> next() throws IOException {
        int looked = from;
        while (true) {
            for (; looked < to; looked++) {
                if (block[looked] == '\n') {
                    return Optional.of(taken(looked, 1));
                }
            }
            if (to - from >= longest) {
                return Optional.of(taken(to, 0));
            }
            looked -= from;
            if (!fill()) {
                return from == to ? Optional.empty() : Optional.of(taken(to, 0));
            }
            looked += from;
        }
    }

    /** Whether the last line came from the end of the stream, without a line end. */
    boolean isCutOff() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte[] taken(int end, int separator) {
        byte[] line = Arrays.copyOfRange(block, from, end);
        from = end + separator;
        return line;
    }

    /** Reads more behind the unread bytes. Returns false at the end of the stream. */
    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(block, from, block, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == block.length) {
            block = Arrays.copyOf(block, to * 2);
        }
        int count = in.read(block, to, block.length - to);
        to += Math.max(0, count);
        ended = count < 0;
        return !ended;
    }
}
