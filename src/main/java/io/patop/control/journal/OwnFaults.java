package io.patop.control.journal;

import io.patop.cluster.Answer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The faults that this process has caused and undoes when it ends, however it ends: no signal and no end of the
 * terminal leaves one behind.
 */
public final class OwnFaults {

    private final Object lock;
    private final Journal journal;
    private final Function<JournalEntry, Answer<String>> mending;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean hooked = new AtomicBoolean();
    private boolean ending;

    /**
     * No faults yet.
     *
     * @param lock held while a fault is caused, and while all are mended: what is being caused then is mended too
     * @param journal what is broken
     * @param mending mends an entry of the journal and removes it
     */
    public OwnFaults(Object lock, Journal journal, Function<JournalEntry, Answer<String>> mending) {
        this.lock = lock;
        this.journal = journal;
        this.mending = mending;
    }

    /** Has that entry of the journal mended when this process ends. */
    public void add(String id) {
        ids.add(id);
        if (hooked.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::mendAll, "patop-undo-faults"));
        }
    }

    /** Notes that the entry is mended. */
    public void remove(String id) {
        ids.remove(id);
    }

    /** Leaves what was caused as it is when this process ends: the journal tells of it, and it is mended by hand. */
    public void leaveBroken() {
        ids.clear();
    }

    /** Whether this process ends, so that nothing more is to be caused; asked with the lock held. */
    public boolean isEnding() {
        return ending;
    }

    /** Mends all, after what is being caused now; complains of what could not be mended. */
    public void mendAll() {
        synchronized (lock) {
            ending = true;
            for (String id : Set.copyOf(ids)) {
                journal.entry(id).ifPresent(entry -> mending.apply(entry)
                        .failure()
                        .ifPresent(failure -> System.err.println("patop: could not "
                                + entry.repair().text() + ": " + failure.message() + "; patop mend tries again")));
            }
            ids.clear();
        }
    }
}
