package io.patop.command.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output for text: UTF-8 as patronictl writes it, whole pieces at a time. */
public final class Output {

    private Output() {}

    /** For bytes as they come: an exception tells that nobody takes them any more. */
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

    /** All of a piece is on its way when it has been printed; {@link PrintStream#checkError} tells of a closed pipe. */
    public static PrintStream utf8() {
        return new PrintStream(System.out, false, StandardCharsets.UTF_8);
    }
}
