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
 * Standard output that remembers why it could not be written: Java's own keeps the reason to itself, and a full
 * device would look like a reader that has read enough.
 */
public final class StandardOutput extends OutputStream {

    private static final int BUFFER = 1 << 13;
    private static final String CLOSED_PIPE = "Broken pipe";

    private final OutputStream device = new FileOutputStream(FileDescriptor.out);
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    /** Puts it in the place of {@code System.out}. */
    public static StandardOutput install() {
        StandardOutput output = new StandardOutput();
        System.setOut(new PrintStream(new BufferedOutputStream(output, BUFFER), true, Terminals.charset()));
        return output;
    }

    /** The exit code of a command that ended with this one: what could not be written is said, and is a failure. */
    public int checked(int code) {
        System.out.flush();
        IOException reason = failure.get();
        if (reason == null || isClosedPipe(reason)) {
            return code;
        }
        System.err.println("patop: standard output cannot be written: " + Printable.line(reason.getMessage()));
        return code == ExitCode.DONE ? ExitCode.FAILED : code;
    }

    /** A pipe has no other way to fail; the message is in the language of the locale. */
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
