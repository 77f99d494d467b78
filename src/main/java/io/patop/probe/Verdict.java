package io.patop.probe;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What reading back has shown: the writes of this run whose outcome was known before the reading began, held
 * beside the rows that are there.
 *
 * @param at when the rows had been read
 * @param server that they were read from, where that is known
 * @param acknowledged how many acknowledged writes were looked for
 * @param lost acknowledged writes whose rows are gone
 * @param unknownThere writes of unknown outcome whose rows are there
 * @param unknownGone writes of unknown outcome whose rows are not there
 * @param duplicates writes whose rows are there more than once
 * @param refusedThere writes that were refused and whose rows are there all the same
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

    /** Checks that all parts are there. */
    public Verdict {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(lost, "lost");
        Objects.requireNonNull(unknownThere, "unknownThere");
        Objects.requireNonNull(unknownGone, "unknownGone");
        Objects.requireNonNull(duplicates, "duplicates");
        Objects.requireNonNull(refusedThere, "refusedThere");
    }

    /** Whether every acknowledged write is there, once, and nothing that was refused. */
    public boolean isGood() {
        return lost.isEmpty() && duplicates.isEmpty() && refusedThere.isEmpty();
    }
}
