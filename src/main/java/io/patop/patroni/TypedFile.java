package io.patop.patroni;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a file that a person has written, such as a configuration: bounded in size, and for a pipe also in time. */
public final class TypedFile {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private TypedFile() {}

    /**
     * Returns the file's content.
     *
     * @param most number of bytes; of a longer file one more than this is returned
     */
    public static byte[] content(Path path, int most) throws IOException {
        return Files.isRegularFile(path) ? read(path, most) : readInTime(path, most);
    }

    private static byte[] read(Path path, int most) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(most + 1);
        }
    }

    /**
     * Reads a pipe, which a shell's {@code <(command)} is, with a time limit: a pipe that nobody writes to never
     * ends.
     */
    private static byte[] readInTime(Path path, int most) throws IOException {
        FutureTask<byte[]> reading = new FutureTask<>(() -> read(path, most));
        Thread reader = new Thread(reading, "patop-config");
        reader.setDaemon(true);
        reader.start();
        try {
            return reading.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException nobody) {
            throw new IOException("it is no file, and nobody wrote all of it within " + LONGEST.toSeconds() + " s");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException unreadable ? unreadable : new IOException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
