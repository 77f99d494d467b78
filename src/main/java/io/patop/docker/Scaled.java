package io.patop.docker;

import java.util.List;
import java.util.Objects;

/**
 * A service that has been scaled.
 *
 * @param service its name
 * @param before how many tasks it should have run
 * @param now how many it should run from now on
 * @param warnings of the engine, in its words
 */
public record Scaled(String service, int before, int now, List<String> warnings) {
    /** Copies the list. */
    public Scaled {
        Objects.requireNonNull(service, "service");
        warnings = List.copyOf(warnings);
    }
}
