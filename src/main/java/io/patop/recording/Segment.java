package io.patop.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Some observations that follow each other, as compressed lines, since they take much less memory than objects do.
 * With all that was known before them, so that a story can begin here.
 *
 * @param known what was known before the first, as JSON in gzip
 * @param start time of the first
 * @param lines how many there are
 * @param compressed the lines, in gzip
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the array or compares segments
record Segment(byte[] known, Instant start, int lines, byte[] compressed) {

    /** Decoding one must stay too quick to be noticed, and its overhead small. */
    private static final int LINES = 512;

    private static final int BYTES = 1 << 20;

    /** Of so many members, what was known before takes more than the lines do, so that there must be more lines. */
    private static final int LINES_OF_A_MEMBER = 4;

    private static final int BYTES_OF_A_MEMBER = 2048;

    /** The lines again. */
    List<String> read() {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(unzipped(compressed)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What was known before the first. */
    Dashboard before() {
        try {
            return ObservationJson.dashboard(unzipped(known));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** In memory. */
    int bytes() {
        return known.length + compressed.length;
    }

    private static byte[] unzipped(byte[] zipped) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return in.readAllBytes();
        }
    }

    private static byte[] zipped(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The observations again, as objects. */
    List<Observation> observations() {
        List<Observation> observations = new ArrayList<>(lines);
        for (String line : read()) {
            try {
                observations.add(ObservationJson.observation(line));
            } catch (JsonProcessingException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
        return observations;
    }

    /** One that is still being filled. */
    static final class Open {
        private final Dashboard before;
        private final Instant start;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final GZIPOutputStream gzip;
        private int lines;
        private long size;

        Open(Dashboard before, Instant start) {
            this.before = before;
            this.start = start;
            try {
                gzip = new GZIPOutputStream(bytes);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        void add(String line) {
            add(line.getBytes(StandardCharsets.UTF_8));
        }

        /** Adds a line in UTF-8, without its end. */
        void add(byte[] line) {
            try {
                gzip.write(line);
                gzip.write('\n');
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            lines++;
            size += line.length + 1;
        }

        boolean isFull() {
            int members = before.members().size();
            return lines >= Math.max(LINES, LINES_OF_A_MEMBER * members)
                    || size >= Math.max(BYTES, BYTES_OF_A_MEMBER * members);
        }

        Segment close() {
            try {
                gzip.close();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return new Segment(zipped(ObservationJson.bytes(before)), start, lines, bytes.toByteArray());
        }
    }
}
