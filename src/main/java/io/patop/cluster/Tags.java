package io.patop.cluster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A member's tags, as its Patroni configuration has them: {@code nofailover}, {@code clonefrom},
 * {@code replicatefrom} and whatever else the owner chose.
 *
 * @param values by name, in Patroni's order; a value is a {@link String}, {@link Boolean} or {@link Number}
 */
public record Tags(Map<String, Object> values) {

    /** No tags. */
    public static final Tags NONE = new Tags(Map.of());

    /** Copies the values and refuses any that is neither text, truth nor number. */
    public Tags {
        values.forEach((name, value) -> {
            if (!(value instanceof String || value instanceof Boolean || value instanceof Number)) {
                throw new IllegalArgumentException("tag " + name + " is neither text, truth nor number");
            }
        });
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether the tag is there and true, as Patroni reads {@code nofailover} and its like. */
    public boolean has(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** The member that this one should stream from, where the owner chose one. */
    public Optional<String> replicateFrom() {
        return Optional.ofNullable(values.get("replicatefrom")).map(Object::toString);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }
}
