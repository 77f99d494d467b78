package io.patop.command.shell;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Tells what standard input and output are connected to, and the charset of the terminal. */
public final class Terminals {

    private Terminals() {}

    /** Returns whether standard input is a terminal. */
    public static boolean input() {
        return isTerminal(0);
    }

    /** Returns whether standard output is a terminal. */
    public static boolean output() {
        return isTerminal(1);
    }

    /** Returns whether the descriptor is a pipe or a socket, as far as the system tells. */
    static boolean isPipe(int descriptor) {
        try {
            String name = name(descriptor);
            return name.startsWith("pipe:") || name.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return false;
        }
    }

    /** Returns the charset of the locale. Java 17 tells it in {@code native.encoding}. */
    public static Charset charset() {
        try {
            return Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.US_ASCII;
        }
    }

    /**
     * Returns whether the descriptor is a terminal. Linux tells that mostly by the descriptor's name; a shell, which
     * is asked elsewhere, takes 10 ms of the start.
     */
    private static boolean isTerminal(int descriptor) {
        try {
            String name = name(descriptor);
            if (name.startsWith("/dev/pts/")) {
                return true;
            }
            return !name.equals("/dev/null") && name.startsWith("/dev/") && isTerminalToTheShell(descriptor);
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return isTerminalToTheShell(descriptor);
        }
    }

    private static String name(int descriptor) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                .toString();
    }

    private static boolean isTerminalToTheShell(int descriptor) {
        try {
            Process test = new ProcessBuilder("/bin/sh", "-c", "test -t " + descriptor)
                    .inheritIO()
                    .start();
            return test.waitFor(5, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException noShell) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
