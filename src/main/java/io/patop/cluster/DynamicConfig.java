package io.patop.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster's dynamic configuration ({@code GET /config}) as it is written there. Patroni's defaults are not filled
 * in.
 *
 * @param tree maps, lists, strings, numbers, booleans and nulls; immutable at all levels
 */
public record DynamicConfig(Map<String, Object> tree) {

    /** Patroni's default of maximum_lag_on_failover, 1 MiB (documentation, "Dynamic configuration"). */
    private static final long DEFAULT_MAXIMUM_LAG_ON_FAILOVER = 1_048_576;

    /** Copies the whole tree, so that it is immutable. */
    public DynamicConfig {
        tree = copy(tree);
    }

    /** How long the leader key lives without being refreshed; Patroni's default is 30 s. */
    public Duration ttl() {
        return seconds("ttl", 30);
    }

    /** How often the HA loop runs; Patroni's default is 10 s. */
    public Duration loopWait() {
        return seconds("loop_wait", 10);
    }

    /** How long Patroni retries the DCS and PostgreSQL; Patroni's default is 10 s. */
    public Duration retryTimeout() {
        return seconds("retry_timeout", 10);
    }

    /** How many bytes a replica may be behind and still be elected; Patroni's default is 1 MiB. */
    public long maximumLagOnFailover() {
        return number("maximum_lag_on_failover")
                .map(Number::longValue)
                .filter(bytes -> bytes >= 0)
                .orElse(DEFAULT_MAXIMUM_LAG_ON_FAILOVER);
    }

    /** How long a crashed leader may take to start before it is replaced; Patroni's default is 300 s, 0 is at once. */
    public Duration primaryStartTimeout() {
        return Duration.ofSeconds(number("primary_start_timeout")
                .or(() -> number("master_start_timeout"))
                .map(Number::longValue)
                .filter(seconds -> seconds >= 0 && seconds < 1_000_000)
                .orElse(300L));
    }

    /** Whether failsafe_mode is on (Patroni 3.0 and later): then an outage of the DCS alone demotes nobody. */
    public boolean failsafe() {
        return Boolean.TRUE.equals(tree.get("failsafe_mode"));
    }

    /**
     * Whether commits wait for a standby, as Patroni decides it (global_config.is_synchronous_mode): never in a standby
     * cluster.
     */
    public boolean isSynchronous() {
        Object mode = tree.get("synchronous_mode");
        return !(tree.get("standby_cluster") instanceof Map<?, ?>)
                && (Boolean.TRUE.equals(mode) || "quorum".equals(mode) || "on".equals(mode));
    }

    /** The maximum_lag_on_failover of a configuration that may not be known yet; if so, Patroni's default. */
    public static long maximumLagOnFailover(Optional<DynamicConfig> config) {
        return config.map(DynamicConfig::maximumLagOnFailover).orElse(DEFAULT_MAXIMUM_LAG_ON_FAILOVER);
    }

    /** Whether a replica that many bytes behind is not elected by Patroni. */
    public static boolean isTooFarBehind(long bytes, Optional<DynamicConfig> config) {
        return bytes > maximumLagOnFailover(config);
    }

    private Duration seconds(String key, long otherwise) {
        return Duration.ofSeconds(number(key)
                .map(Number::longValue)
                .filter(seconds -> seconds > 0 && seconds < 1_000_000)
                .orElse(otherwise));
    }

    private Optional<Number> number(String key) {
        return tree.get(key) instanceof Number number ? Optional.of(number) : Optional.empty();
    }

    private static Map<String, Object> copy(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, frozen(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object frozen(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(String.valueOf(key), frozen(inner)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(frozen(inner)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
