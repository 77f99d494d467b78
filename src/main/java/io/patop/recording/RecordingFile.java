package io.patop.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A recording that is being written, line by line, in gzip if its name ends in {@code .gz}. Every failure names the
 * file and the reason in one line.
 */
final class RecordingFile implements Closeable {

    private final Path path;
    private final Counting counting;
    private final OutputStream out;
    private boolean begun;

    /** Creates the file; fails if it exists. */
    RecordingFile(Path path) throws IOException {
        this(path, StandardOpenOption.CREATE_NEW);
    }

    RecordingFile(Path path, StandardOpenOption how) throws IOException {
        this.path = path;
        try {
            counting = new Counting(OwnersFile.open(path, how));
            // Flushed each second, so that what has been written can be read even when patop is killed.
            out = new BufferedOutputStream(
                    path.toString().endsWith(".gz") ? new GZIPOutputStream(counting, 1 << 14, true) : counting,
                    1 << 16);
        } catch (IOException wrong) {
            throw failure(wrong);
        }
    }

    Path path() {
        return path;
    }

    /** Whether the header has been written. */
    boolean isBegun() {
        return begun;
    }

    /** Writes the header and everything that is kept, unless that has been done. */
    void begin(String patop, Optional<String> scope, Ring ring) throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        List<Segment> segments = ring.segments();
        Instant start = segments.isEmpty() ? Instant.EPOCH : segments.get(0).start();
        line(new RecordingHeader(RecordingHeader.VERSION, patop, scope, start).json());
        if (ring.dropped() > 0) {
            line(ObservationJson.of(segments.get(0).before()));
        }
        for (Segment segment : segments) {
            for (String line : segment.read()) {
                line(line);
            }
        }
        flush();
    }

    void line(String json) throws IOException {
        try {
            out.write((json + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException wrong) {
            throw failure(wrong);
        }
    }

    void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException wrong) {
            throw failure(wrong);
        }
    }

    /** The number of bytes in the file. */
    long size() {
        return counting.written;
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException wrong) {
            throw failure(wrong);
        }
    }

    /** Closes the file without writing what is still buffered. */
    void abandon() {
        try {
            counting.close();
        } catch (IOException alsoFailing) {
            // The failed write itself has been reported already.
            return;
        }
    }

    private void line(JsonNode json) throws IOException {
        line(json.toString());
    }

    private IOException failure(IOException wrong) {
        String why;
        if (wrong instanceof FileAlreadyExistsException) {
            why = "it is there already, name another";
        } else if (wrong instanceof NoSuchFileException) {
            why = "its directory is missing";
        } else if (wrong instanceof AccessDeniedException) {
            why = "permission denied";
        } else {
            why = Optional.ofNullable(wrong.getMessage()).orElse(wrong.toString());
        }
        return new IOException("cannot record to " + path + ": " + why, wrong);
    }

    /** Counts the bytes that reach the file. */
    private static final class Counting extends FilterOutputStream {
        private volatile long written;

        Counting(OutputStream file) {
            super(file);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others only read
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            written += length;
        }
    }
}
