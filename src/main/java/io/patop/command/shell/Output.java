package io.patop.command.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output for text: UTF-8 as patronictl writes it, in whole pieces. */
public final class Output {

    private Output() {}

    /** Returns a stream for bytes; it throws when nobody reads them any more. */
    public static OutputStream bytes() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                System.out.write(bytes, offset, length);
                flush();
            }

            @Override
            public void flush() throws IOException {
                if (System.out.checkError()) {
                    throw new IOException("standard output takes no more");
                }
            }
        };
    }

    /**
     * Returns a stream that has written a piece when the print method returns; {@link PrintStream#checkError} tells
     * of a closed pipe.
     */
    public static PrintStream utf8() {
        return new PrintStream(System.out, false, StandardCharsets.UTF_8);
    }
}
