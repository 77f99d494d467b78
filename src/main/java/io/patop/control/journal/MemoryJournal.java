package io.patop.control.journal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A journal that ends with patop, for a cluster that does too: the simulated one. */
public final class MemoryJournal implements Journal {

    private final Map<String, JournalEntry> entries = new ConcurrentSkipListMap<>();

    @Override
    public void write(JournalEntry entry) {
        entries.put(entry.id(), entry);
    }

    @Override
    public void remove(String id) {
        entries.remove(id);
    }

    @Override
    public EntryOwner owner() {
        return EntryOwner.here("");
    }

    @Override
    public EntryOwner.State state(JournalEntry entry) {
        return EntryOwner.State.RUNNING;
    }

    @Override
    public List<JournalEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public List<String> troubles() {
        return List.of();
    }
}
