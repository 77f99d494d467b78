package io.patop.cluster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A member's tags from its Patroni configuration: {@code nofailover}, {@code clonefrom}, {@code replicatefrom} and
 * any others of its owner.
 *
 * @param values by name, in Patroni's order; a value is a {@link String}, {@link Boolean} or {@link Number}
 */
public record Tags(Map<String, Object> values) {

    /** No tags. */
    public static final Tags NONE = new Tags(Map.of());

    /** Copies the values, and checks that each is a string, a boolean or a number. */
    public Tags {
        values.forEach((name, value) -> {
            if (!(value instanceof String || value instanceof Boolean || value instanceof Number)) {
                throw new IllegalArgumentException("tag " + name + " is neither text, truth nor number");
            }
        });
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether the tag is present and true, as Patroni reads {@code nofailover} and the like. */
    public boolean has(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** The member that this one should stream from; empty if the owner named none. */
    public Optional<String> replicateFrom() {
        return Optional.ofNullable(values.get("replicatefrom")).map(Object::toString);
    }

    /** Whether there are no tags. */
    public boolean isEmpty() {
        return values.isEmpty();
    }
}
