package io.patop.recording;

import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of a whole recording, for a report. Unlike a {@link Recording} it keeps nothing for showing other
 * moments.
 *
 * @param end the dashboard at the recording's end
 * @param events all events, the oldest first
 * @param flaw where and why the recording breaks off, as the end of a sentence that begins with its name; empty if it
 *     is whole
 */
public record RecordingSummary(Dashboard end, List<Event> events, Optional<String> flaw) {

    public RecordingSummary {
        events = List.copyOf(events);
    }

    /**
     * Reads the whole file.
     *
     * @throws NotARecording with one line that says why it cannot be played at all
     */
    public static RecordingSummary read(Path file) throws NotARecording {
        try (RecordingReader reader = new RecordingReader(file)) {
            Dashboard dashboard = reader.before();
            List<Event> events = new ArrayList<>();
            boolean empty = true;
            for (Optional<RecordingReader.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                Observation observation = next.get().observation();
                Dashboard after = Reducer.reduce(dashboard, observation);
                events.addAll(fresh(dashboard, after));
                dashboard = after;
                empty = false;
            }
            if (empty) {
                throw NotARecording.empty(file, reader.flaw());
            }
            return new RecordingSummary(dashboard, events, reader.flaw());
        } catch (IOException unclosed) {
            throw new NotARecording(file + ": " + unclosed.getMessage());
        }
    }

    private static List<Event> fresh(Dashboard before, Dashboard after) {
        List<Event> events = after.events();
        long fresh = Math.max(0, after.eventsSeen() - before.eventsSeen());
        return events.subList((int) Math.max(0, events.size() - fresh), events.size());
    }
}
