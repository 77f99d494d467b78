package io.patop.probe;

import java.time.Instant;
import java.util.Optional;

/**
 * The result of reading back: the writes of this run with a known outcome when the reading began, compared with the
 * rows in the table.
 *
 * @param at when the rows had been read
 * @param server the server that they were read from, if known
 * @param acknowledged the number of acknowledged writes that were looked for
 * @param lost acknowledged writes whose rows are missing
 * @param unknownThere writes of unknown outcome whose rows exist
 * @param unknownGone writes of unknown outcome whose rows do not exist
 * @param duplicates writes whose rows exist more than once
 * @param refusedThere refused writes whose rows exist all the same
 * @param last whether this is the verdict at the end of the run
 */
public record Verdict(
        Instant at,
        Optional<Server> server,
        long acknowledged,
        Numbers lost,
        Numbers unknownThere,
        Numbers unknownGone,
        Numbers duplicates,
        Numbers refusedThere,
        boolean last) {

    /** Whether every acknowledged write exists exactly once, and no refused write exists. */
    public boolean isGood() {
        return lost.isEmpty() && duplicates.isEmpty() && refusedThere.isEmpty();
    }
}
