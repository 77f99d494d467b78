package io.patop.docker;

import java.util.List;

/**
 * The result of scaling a service.
 *
 * @param service the service's name
 * @param before number of desired tasks before
 * @param now number of desired tasks from now on
 * @param warnings the engine's warnings
 */
public record Scaled(String service, int before, int now, List<String> warnings) {
    public Scaled {
        warnings = List.copyOf(warnings);
    }
}
