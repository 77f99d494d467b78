package io.patop.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patop.watch.lanes.Lanes;
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
 * A series of observations as compressed lines, which take much less memory than objects do. It holds the dashboard
 * from before them, so that a replay or a recording can start here.
 *
 * @param known the dashboard before the first, as JSON in gzip, without its lanes
 * @param lanes those of that dashboard, as they are: segments share most of them
 * @param start the time of the first
 * @param lines the number of lines
 * @param compressed the lines, in gzip
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the array or compares segments
record Segment(byte[] known, Lanes lanes, Instant start, int lines, byte[] compressed) {

    /**
     * How many lines fill a segment: few enough to decode without a noticeable delay, many enough to keep the
     * overhead small.
     */
    private static final int LINES = 512;

    private static final int BYTES = 1 << 20;

    /**
     * How many lines for each member fill the segment of a large cluster, whose dashboard takes more space than the
     * lines do.
     */
    private static final int LINES_OF_A_MEMBER = 4;

    private static final int BYTES_OF_A_MEMBER = 2048;

    /** The lines, decompressed. */
    List<String> read() {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(unzipped(compressed)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The dashboard before the first observation. */
    Dashboard before() {
        try {
            return ObservationJson.dashboard(unzipped(known)).withLanes(lanes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The size in memory, in bytes. */
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

    /** The observations, decoded. */
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

    /** A segment that is still being filled. */
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

        /** The dashboard before the first observation. */
        Dashboard before() {
            return before;
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
            return new Segment(
                    zipped(ObservationJson.bytes(before)), before.lanes(), start, lines, bytes.toByteArray());
        }
    }
}
