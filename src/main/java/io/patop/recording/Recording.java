package io.patop.recording;

import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A recording that has been read, with an index of its times and events, so that any moment of it can be shown. A
 * position is a number of observations: at position 0 none has been played.
 */
public final class Recording {

    /**
     * The position of an event.
     *
     * @param position the number of observations up to and including the one that led to it
     * @param number the number of events up to and including this one
     */
    record Mark(int position, long number) {}

    private final RecordingHeader header;
    private final Optional<String> flaw;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private long[] times = new long[1024];
    private int size;
    private final long eventsBefore;
    private Dashboard end;

    private int decodedSegment = -1;
    private List<Observation> decoded = List.of();

    private Recording(RecordingReader reader) {
        header = reader.header();
        end = reader.before();
        eventsBefore = end.eventsSeen();
        Optional<Segment.Open> open = Optional.empty();
        for (Optional<RecordingReader.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
            Observation observation = next.get().observation();
            if (open.isEmpty()) {
                open = Optional.of(new Segment.Open(end, observation.at()));
            }
            open.get().add(next.get().line());
            add(observation);
            if (open.get().isFull()) {
                segments.add(open.get().close());
                open = Optional.empty();
            }
        }
        open.ifPresent(last -> segments.add(last.close()));
        flaw = reader.flaw();
    }

    /**
     * Reads the whole file.
     *
     * @throws NotARecording with one line that says why it cannot be played at all
     */
    public static Recording read(Path file) throws NotARecording {
        try (RecordingReader reader = new RecordingReader(file)) {
            Recording recording = new Recording(reader);
            if (recording.size == 0) {
                throw NotARecording.empty(file, recording.flaw);
            }
            return recording;
        } catch (IOException unclosed) {
            throw new NotARecording(file + ": " + unclosed.getMessage());
        }
    }

    /** The recording's header. */
    public RecordingHeader header() {
        return header;
    }

    /** The number of observations; at least one. */
    public int size() {
        return size;
    }

    /**
     * Where and why the recording breaks off, as the end of a sentence that begins with its name; empty if it is
     * whole.
     */
    public Optional<String> flaw() {
        return flaw;
    }

    /** The dashboard at the recording's end. */
    public Dashboard end() {
        return end;
    }

    /** The time of the first observation. */
    public Instant startTime() {
        return time(1);
    }

    /** The time of the last observation. */
    public Instant endTime() {
        return time(size);
    }

    /** The latest time of the observations up to that position, 1 to {@link #size}. */
    Instant time(int position) {
        long nanos = times[position - 1];
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    /** The position at that time. */
    int position(Instant time) {
        int found = Arrays.binarySearch(times, 0, size, nanos(time) + 1);
        int position = found < 0 ? -found - 1 : found;
        while (position > 0 && times[position - 1] > nanos(time)) {
            position--;
        }
        return position;
    }

    /** The positions of all events. */
    List<Mark> marks() {
        return marks;
    }

    /** The number of events up to that position. */
    long events(int position) {
        long events = eventsBefore;
        for (Mark mark : marks) {
            if (mark.position() > position) {
                break;
            }
            events = mark.number();
        }
        return events;
    }

    /** The observation that follows that position. */
    Observation observation(int position) {
        int first = 0;
        for (int i = 0; i < segments.size(); i++) {
            int lines = segments.get(i).lines();
            if (position < first + lines) {
                return decoded(i).get(position - first);
            }
            first += lines;
        }
        throw new IndexOutOfBoundsException("no observation after " + position);
    }

    /** The dashboard at that position. */
    Dashboard dashboard(int position) {
        int first = 0;
        for (int i = 0; i < segments.size(); i++) {
            int lines = segments.get(i).lines();
            if (position < first + lines || i == segments.size() - 1) {
                Dashboard dashboard = segments.get(i).before();
                for (Observation observation : decoded(i).subList(0, position - first)) {
                    dashboard = Reducer.reduce(dashboard, observation);
                }
                return dashboard;
            }
            first += lines;
        }
        throw new IndexOutOfBoundsException("no position " + position);
    }

    private void add(Observation observation) {
        Dashboard next = Reducer.reduce(end, observation);
        boolean fresh = next.eventsSeen() > end.eventsSeen();
        end = next;
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
        }
        // Sources may be microseconds out of order, and clocks are set back, but a replay's time only moves forward.
        times[size] = Math.max(nanos(observation.at()), size == 0 ? Long.MIN_VALUE : times[size - 1]);
        size++;
        if (fresh) {
            marks.add(new Mark(size, next.eventsSeen()));
        }
    }

    private List<Observation> decoded(int segment) {
        if (decodedSegment != segment) {
            decoded = segments.get(segment).observations();
            decodedSegment = segment;
        }
        return decoded;
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }
}
