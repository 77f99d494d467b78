package io.patop.control.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a journal held when it was read last, for a screen, which must not wait for a disk: many questions are answered
 * from one reading. A question after more than a second has the journal read anew by another thread.
 */
public final class JournalSnapshot {

    private static final Duration OLD = Duration.ofSeconds(1);

    private final Journal journal;
    private final Executor reader;
    private final Clock clock;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Read last;

    /**
     * An entry with what had become of its patop.
     *
     * @param entry the entry
     * @param owner what had become of the patop that wrote it
     */
    public record Known(JournalEntry entry, EntryOwner.State owner) {}

    private record Read(Instant at, List<Known> entries) {}

    /**
     * A snapshot that reads the journal for the first time at once.
     *
     * @param journal to be read
     * @param reader reads it anew; must not block its caller
     * @param clock tells how old the last reading is
     */
    JournalSnapshot(Journal journal, Executor reader, Clock clock) {
        this.journal = journal;
        this.reader = reader;
        this.clock = clock;
        this.last = read();
    }

    /** Returns a snapshot that is read anew by a thread of its own, which ends when nobody asks. */
    public static JournalSnapshot of(Journal journal, Clock clock) {
        Executor reader = new ThreadPoolExecutor(0, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "patop-journal");
            thread.setDaemon(true);
            return thread;
        });
        return new JournalSnapshot(journal, reader, clock);
    }

    /** Returns the entries of the last reading, the oldest first. */
    public List<Known> entries() {
        Read known = last;
        boolean isOld = Duration.between(known.at(), clock.instant()).abs().compareTo(OLD) > 0;
        if (isOld && reading.compareAndSet(false, true)) {
            reader.execute(() -> {
                try {
                    last = read();
                } finally {
                    reading.set(false);
                }
            });
        }
        return known.entries();
    }

    /** Returns the entry of that name in the last reading. */
    public Optional<Known> entry(String id) {
        return entries().stream().filter(known -> known.entry().id().equals(id)).findFirst();
    }

    /** Reads the journal now, after it was changed from here. */
    public void refresh() {
        last = read();
    }

    private Read read() {
        Instant now = clock.instant();
        return new Read(
                now,
                journal.entries().stream()
                        .map(entry -> new Known(entry, journal.state(entry)))
                        .toList());
    }
}
