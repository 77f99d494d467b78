package io.patop.command.shell;

import io.patop.text.Printable;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Standard output that remembers why a write failed. Java's own hides the reason, so that a full device would look
 * like a reader that has read enough.
 */
public final class StandardOutput extends OutputStream {

    private static final int BUFFER = 1 << 13;
    private static final String CLOSED_PIPE = "Broken pipe";

    private final OutputStream device = new FileOutputStream(FileDescriptor.out);
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    /** Replaces {@code System.out} by a new object. */
    public static StandardOutput install() {
        StandardOutput output = new StandardOutput();
        System.setOut(new PrintStream(new BufferedOutputStream(output, BUFFER), true, Terminals.charset()));
        return output;
    }

    /**
     * Returns the exit code of a command that ended with this one; a write error is printed and makes it a failure.
     */
    public int checked(int code) {
        System.out.flush();
        IOException reason = failure.get();
        if (reason == null || isClosedPipe(reason)) {
            return code;
        }
        System.err.println("patop: standard output cannot be written: " + Printable.line(Printable.message(reason)));
        return code == ExitCode.DONE ? ExitCode.FAILED : code;
    }

    /**
     * Returns whether the reader has gone. A pipe can fail in no other way; the message is in the locale's language.
     */
    private static boolean isClosedPipe(IOException reason) {
        return Terminals.isPipe(1) || String.valueOf(reason.getMessage()).contains(CLOSED_PIPE);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            device.write(bytes, offset, length);
        } catch (IOException full) {
            failure.compareAndSet(null, full);
            throw full;
        }
    }
}
