package io.patop.command.patronictl;

import io.patop.cluster.PatroniVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds doubtful values in a dynamic configuration. Patroni accepts them all the same: its API checks no values, and
 * its nodes go on with the old or a nearby value. Nodes before 3.2 use a small number as it is.
 */
final class ConfigDoubts {

    private record Least(String key, long value, long otherwise) {}

    private static final Least TTL = new Least("ttl", 20, 30);
    private static final Least LOOP_WAIT = new Least("loop_wait", 1, 10);
    private static final Least RETRY_TIMEOUT = new Least("retry_timeout", 3, 10);

    private ConfigDoubts() {}

    /** Returns a line for each doubt about what nodes of that version do; empty if there is none. */
    static List<String> of(Map<String, Object> config, Optional<PatroniVersion> version) {
        List<String> doubts = new ArrayList<>();
        boolean hasMinimums = version.filter(known -> !known.isAtLeast(3, 2, 0)).isEmpty();
        for (Least least : List.of(TTL, LOOP_WAIT, RETRY_TIMEOUT)) {
            Object value = config.getOrDefault(least.key(), "");
            Optional<Long> number = number(value);
            if (config.get(least.key()) != null && number.isEmpty()) {
                doubts.add(least.key() + " is a whole number of seconds, not " + value + ": Patroni will not heed it");
            } else if (hasMinimums && number.isPresent() && number.get() < least.value()) {
                doubts.add(least.key() + " is " + least.value() + " or more, not " + number.get()
                        + ": Patroni will not heed it");
            }
        }
        long ttl = value(config, TTL);
        long needed = value(config, LOOP_WAIT) + 2 * value(config, RETRY_TIMEOUT);
        if (ttl < needed) {
            doubts.add("ttl (" + ttl + ") should be loop_wait + 2 * retry_timeout (" + needed
                    + ") or more: the leader may lose its key while the DCS is slow");
        }
        return doubts;
    }

    private static long value(Map<String, Object> config, Least least) {
        return number(config.getOrDefault(least.key(), "")).orElse(least.otherwise());
    }

    private static Optional<Long> number(Object value) {
        return value instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }
}
