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
public final class Recording implements AutoCloseable {

    /**
     * The position of an event.
     *
     * @param position the number of observations up to and including the one that led to it
     * @param number the number of events up to and including this one
     */
    record Mark(int position, long number) {}

    /** How many observations are read at a time: some milliseconds' work. */
    private static final int AT_A_TIME = 256;

    private final RecordingReader reader;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private long[] times = new long[1024];
    private int size;
    private boolean whole;
    private final long eventsBefore;
    private Dashboard end;

    /** The segment that is being filled, and what it holds as objects. */
    private Optional<Segment.Open> open = Optional.empty();

    private final List<Observation> latest = new ArrayList<>();

    private int decodedSegment = -1;
    private List<Observation> decoded = List.of();

    private Recording(RecordingReader reader) {
        this.reader = reader;
        end = reader.before();
        eventsBefore = end.eventsSeen();
    }

    /**
     * Opens the file and reads its beginning. The rest is read by {@link #readOn}.
     *
     * @throws NotARecording with one line that says why it cannot be played at all
     */
    public static Recording open(Path file) throws NotARecording {
        Recording recording = new Recording(new RecordingReader(file));
        recording.readOn();
        if (recording.size == 0) {
            throw NotARecording.empty(file, recording.flaw());
        }
        return recording;
    }

    /**
     * Reads the whole file.
     *
     * @throws NotARecording with one line that says why it cannot be played at all
     */
    public static Recording read(Path file) throws NotARecording {
        Recording recording = open(file);
        while (!recording.isWhole()) {
            recording.readOn();
        }
        return recording;
    }

    /** Whether the file was read to its end, or to where it breaks off. */
    public boolean isWhole() {
        return whole;
    }

    /** Reads some more, unless it is whole. Takes some milliseconds. */
    void readOn() {
        for (int i = 0; i < AT_A_TIME && !whole; i++) {
            reader.next().ifPresentOrElse(this::take, this::close);
        }
    }

    /** Reads until it is known what is there at that position, or the file ends. */
    void readTo(int position) {
        while (!whole && size < position) {
            readOn();
        }
    }

    /** Reads until it is known what was there at that time, or the file ends. */
    void readTo(Instant time) {
        while (!whole && !endTime().isAfter(time)) {
            readOn();
        }
    }

    /** Reads until that many marks are known, or the file ends. */
    void readToMark(int mark) {
        while (!whole && marks.size() < mark) {
            readOn();
        }
    }

    /** Closes the file. What was read of it can still be played. */
    @Override
    public void close() {
        whole = true;
        try {
            reader.close();
        } catch (IOException unimportant) {
            // All that was wanted of it was read.
        }
    }

    private void take(RecordingReader.Entry entry) {
        if (open.isEmpty()) {
            open = Optional.of(new Segment.Open(end, entry.observation().at()));
        }
        Segment.Open filling = open.get();
        filling.add(entry.line());
        latest.add(entry.observation());
        add(entry.observation());
        if (filling.isFull()) {
            segments.add(filling.close());
            latest.clear();
            open = Optional.empty();
        }
    }

    /** The recording's header. */
    public RecordingHeader header() {
        return reader.header();
    }

    /** The number of observations that were read; at least one. */
    public int size() {
        return size;
    }

    /**
     * Where and why the recording breaks off, as the end of a sentence that begins with its name; empty if it does
     * not, or was not read so far.
     */
    public Optional<String> flaw() {
        return reader.flaw();
    }

    /** The dashboard at the end of what was read. */
    public Dashboard end() {
        return end;
    }

    /** The time of the first observation. */
    public Instant startTime() {
        return time(1);
    }

    /** The time of the last observation that was read. */
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
        return latest.get(position - first);
    }

    /** The dashboard at that position. */
    Dashboard dashboard(int position) {
        if (position == size) {
            return end;
        }
        int first = 0;
        for (int i = 0; i < segments.size(); i++) {
            int lines = segments.get(i).lines();
            if (position < first + lines) {
                return after(segments.get(i).before(), decoded(i).subList(0, position - first));
            }
            first += lines;
        }
        return after(open.orElseThrow().before(), latest.subList(0, position - first));
    }

    private static Dashboard after(Dashboard before, List<Observation> observations) {
        Dashboard dashboard = before;
        for (Observation observation : observations) {
            dashboard = Reducer.reduce(dashboard, observation);
        }
        return dashboard;
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
