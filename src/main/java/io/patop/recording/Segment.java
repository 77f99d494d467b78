package io.patop.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patop.watch.Dashboard;
import io.patop.watch.Observation;
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
 * @param before what was known before the first
 * @param start time of the first
 * @param lines how many there are
 * @param compressed the lines, in gzip
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the array or compares segments
record Segment(Dashboard before, Instant start, int lines, byte[] compressed) {

    /** Decoding one must stay too quick to be noticed, and its overhead small. */
    private static final int LINES = 512;

    private static final int BYTES = 1 << 20;

    /** The lines again. */
    List<String> read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(compressed)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
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
            byte[] text = (line + '\n').getBytes(StandardCharsets.UTF_8);
            try {
                gzip.write(text);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            lines++;
            size += text.length;
        }

        boolean isFull() {
            return lines >= LINES || size >= BYTES;
        }

        Segment close() {
            try {
                gzip.close();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return new Segment(before, start, lines, bytes.toByteArray());
        }
    }
}
