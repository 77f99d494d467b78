package io.patop.control.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that patop has broken, or is about to break.
 *
 * @param id the name of the entry: the same fault in the same place has the same, so that nothing is broken twice
 * @param at when it was written
 * @param owner the patop that broke it
 * @param engine how that patop reached the Docker Engine
 * @param member the member that was hit, where it is one
 * @param broken what was broken, as text
 * @param repair how it is mended
 */
public record JournalEntry(
        String id, Instant at, EntryOwner owner, String engine, Optional<String> member, String broken, Repair repair) {

    private static final int SHORT = 24;

    public JournalEntry {
        if (!isName(id)) {
            throw new IllegalArgumentException("not the name of an entry: " + id);
        }
    }

    /** Returns the name of the entry of that fault in that container or service. */
    public static String id(String fault, String place) {
        String plain = place.replaceAll("[^A-Za-z0-9]", "-");
        if (plain.length() <= SHORT) {
            return fault + "-" + plain;
        }
        boolean isContainer = place.matches("[0-9a-f]{64}");
        // The hash keeps apart services whose names begin alike.
        return fault + "-" + plain.substring(0, SHORT)
                + (isContainer ? "" : "-" + Integer.toHexString(place.hashCode()));
    }

    /** Returns whether that can be the name of an entry, which is also the name of a file. */
    static boolean isName(String text) {
        return text.matches("[a-z][A-Za-z0-9-]{0,80}");
    }
}
