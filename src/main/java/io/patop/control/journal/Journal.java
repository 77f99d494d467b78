package io.patop.control.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is broken now, and by whom. Safe for use by many threads. */
public interface Journal {

    /**
     * Writes an entry, so that it survives the end of this process and of the machine. An entry of that name is
     * replaced.
     *
     * @throws IOException if it could not be written: then nothing may be broken that only patop can mend
     */
    void write(JournalEntry entry) throws IOException;

    /** Removes the entry of that name, if there is one. */
    void remove(String id);

    /** This process as the owner of entries. */
    EntryOwner owner();

    /** What became of the patop that wrote the entry. */
    EntryOwner.State state(JournalEntry entry);

    /** All entries that can be read, the oldest first. */
    List<JournalEntry> entries();

    /** What cannot be read, a line each. */
    List<String> troubles();

    /** The entry of that name. */
    default Optional<JournalEntry> entry(String id) {
        return entries().stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /**
     * Strikes out what this process has broken and Docker, or somebody else, has put right: a restart policy starts a
     * killed container without patop.
     *
     * @param since only entries from before that time, since what is known of the rest may be older than they are
     * @param isMended whether that is not broken any more
     */
    default void strikeOut(Instant since, Predicate<Repair> isMended) {
        entries().stream()
                .filter(entry -> entry.owner().equals(owner()) && entry.at().isBefore(since))
                .filter(entry -> isMended.test(entry.repair()))
                .forEach(entry -> remove(entry.id()));
    }

    /** The entries whose patop has ended, so that nobody mends them. */
    default List<JournalEntry> abandoned() {
        return entries().stream()
                .filter(entry -> state(entry) == EntryOwner.State.ENDED)
                .toList();
    }
}
