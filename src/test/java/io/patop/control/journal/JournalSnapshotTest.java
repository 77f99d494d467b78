package io.patop.control.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Many questions and few readings. */
class JournalSnapshotTest {

    private final MemoryJournal kept = new MemoryJournal();
    private final Deque<Runnable> others = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-11-29T00:00:00Z");
    private int readings;

    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private final Journal counted = new Journal() {
        @Override
        public void write(JournalEntry entry) {
            kept.write(entry);
        }

        @Override
        public void remove(String id) {
            kept.remove(id);
        }

        @Override
        public EntryOwner owner() {
            return kept.owner();
        }

        @Override
        public EntryOwner.State state(JournalEntry entry) {
            return kept.state(entry);
        }

        @Override
        public List<JournalEntry> entries() {
            readings++;
            return kept.entries();
        }

        @Override
        public List<String> troubles() {
            return kept.troubles();
        }
    };

    private final JournalSnapshot snapshot = new JournalSnapshot(counted, others::add, clock);

    @Test
    void manyQuestionsOfOneFrameReadNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(snapshot.entry("partition-a")).isEmpty();
        }
        assertThat(readings).as("the first, when it was made").isOne();
        assertThat(others).isEmpty();
    }

    @Test
    void whatIsOldIsReadOnceByAnotherThread() {
        kept.write(entry());
        now = now.plus(Duration.ofSeconds(2));
        assertThat(snapshot.entries()).isEmpty();
        assertThat(snapshot.entries()).isEmpty();
        assertThat(readings).as("nothing is read by whoever asks").isOne();
        assertThat(others).hasSize(1);
        others.remove().run();
        assertThat(snapshot.entries()).hasSize(1);
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void whatIsChangedFromHereIsKnownAtOnce() {
        kept.write(entry());
        snapshot.refresh();
        assertThat(snapshot.entry("partition-a")).isPresent();
    }

    private JournalEntry entry() {
        return new JournalEntry(
                "partition-a",
                now,
                kept.owner(),
                "unix:///x",
                Optional.of("a"),
                "cut a off",
                new Repair.Thaw("c", "a"));
    }
}
