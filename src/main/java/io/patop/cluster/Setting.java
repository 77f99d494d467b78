package io.patop.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One setting of the dynamic configuration: set there, or left at Patroni's default.
 *
 * @param path keys from the top
 * @param value the value that is set; a section has none
 * @param set whether the configuration contains it
 * @param standard Patroni's default, if known
 * @param section whether it only contains other settings
 */
public record Setting(
        List<String> path, Optional<Object> value, boolean set, Optional<Object> standard, boolean section) {

    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
    private static final Pattern FRACTION = Pattern.compile("[-+]?[0-9]+\\.[0-9]+");

    /**
     * Patroni's own defaults (config.py and postgresql/config.py of 3.0.2; the same in 4.1.4). Left out are sections
     * that are empty by default (standby_cluster, slots) and settings without a default.
     */
    private static final Map<String, Object> DEFAULTS = defaults();

    public Setting {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a setting has a name");
        }
    }

    /**
     * All settings in the configuration's order, each section before its contents; then the defaults that are not
     * set.
     */
    public static List<Setting> of(DynamicConfig config) {
        List<Setting> settings = new ArrayList<>();
        walk(List.of(), config.tree(), DEFAULTS, settings);
        return settings;
    }

    /** The depth of the setting: 0 at the top. */
    public int depth() {
        return path.size() - 1;
    }

    /** The last key of the path. */
    public String key() {
        return path.get(path.size() - 1);
    }

    /** The path with points between its keys. */
    public String name() {
        return String.join(".", path);
    }

    /** The value in effect: the one that is set, else the default. */
    public Optional<Object> counts() {
        return value.or(() -> standard);
    }

    /**
     * The configuration with one setting changed.
     *
     * @param name keys with points between them, e.g. {@code postgresql.parameters.work_mem}
     * @param value the new value; empty to remove it
     * @throws IllegalArgumentException if the name leads through something that is no section; the message is one
     *     line
     */
    public static DynamicConfig with(DynamicConfig config, String name, Optional<Object> value) {
        List<String> path = List.of(name.split("\\.", -1));
        if (path.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("no setting is called \"" + name + "\"");
        }
        return new DynamicConfig(changed(config.tree(), path, value));
    }

    /** The value of a typed text, as YAML reads a plain scalar; empty for {@code null}, which removes the setting. */
    public static Optional<Object> typed(String text) {
        String word = text.strip();
        if (word.isEmpty() || word.equals("~") || word.equalsIgnoreCase("null")) {
            return Optional.empty();
        }
        char first = word.charAt(0);
        if (first == '[' || first == '{') {
            throw new IllegalArgumentException("lists and sections are edited in the editor (E)");
        }
        if (word.length() > 1 && (first == '"' || first == '\'') && word.charAt(word.length() - 1) == first) {
            return Optional.of(word.substring(1, word.length() - 1));
        }
        Optional<Boolean> truth =
                switch (word.toLowerCase(java.util.Locale.ROOT)) {
                    case "true", "yes", "on" -> Optional.of(true);
                    case "false", "no", "off" -> Optional.of(false);
                    default -> Optional.empty();
                };
        if (truth.isPresent()) {
            return Optional.of(truth.get());
        }
        if (WHOLE.matcher(word).matches()) {
            return Optional.of(Long.valueOf(word));
        }
        return Optional.of(FRACTION.matcher(word).matches() ? (Object) Double.valueOf(word) : word);
    }

    private static Map<String, Object> changed(Map<?, ?> section, List<String> path, Optional<Object> value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        section.forEach((key, inner) -> copy.put(String.valueOf(key), inner));
        String key = path.get(0);
        if (path.size() == 1) {
            if (value.isPresent()) {
                copy.put(key, value.get());
            } else {
                copy.remove(key);
            }
            return copy;
        }
        Object inner = copy.get(key);
        if (inner != null && !(inner instanceof Map<?, ?>)) {
            throw new IllegalArgumentException(key + " is no section: it has nothing below it");
        }
        Map<?, ?> below = inner instanceof Map<?, ?> map ? map : Map.of();
        copy.put(key, changed(below, path.subList(1, path.size()), value));
        return copy;
    }

    private static void walk(List<String> path, Map<?, ?> tree, Map<?, ?> defaults, List<Setting> settings) {
        tree.forEach((key, value) -> {
            List<String> here = below(path, key);
            Object standard = defaults.get(key);
            if (value instanceof Map<?, ?> section && !section.isEmpty()) {
                settings.add(new Setting(here, Optional.empty(), true, Optional.empty(), true));
                walk(here, section, standard instanceof Map<?, ?> inner ? inner : Map.of(), settings);
            } else {
                settings.add(new Setting(
                        here,
                        Optional.of(value == null ? "null" : value),
                        true,
                        Optional.ofNullable(standard).filter(known -> !(known instanceof Map<?, ?>)),
                        false));
            }
        });
        defaults.forEach((key, standard) -> {
            if (tree.containsKey(key)) {
                return;
            }
            List<String> here = below(path, key);
            if (standard instanceof Map<?, ?> section) {
                settings.add(new Setting(here, Optional.empty(), false, Optional.empty(), true));
                walk(here, Map.of(), section, settings);
            } else {
                settings.add(new Setting(here, Optional.empty(), false, Optional.of(standard), false));
            }
        });
    }

    private static List<String> below(List<String> path, Object key) {
        List<String> here = new ArrayList<>(path);
        here.add(String.valueOf(key));
        return here;
    }

    private static Map<String, Object> defaults() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("hot_standby", "on");
        parameters.put("max_connections", 100);
        parameters.put("max_locks_per_transaction", 64);
        parameters.put("max_prepared_transactions", 0);
        parameters.put("max_replication_slots", 10);
        parameters.put("max_wal_senders", 10);
        parameters.put("max_worker_processes", 8);
        parameters.put("track_commit_timestamp", "off");
        parameters.put("wal_level", "hot_standby");
        parameters.put("wal_log_hints", "on");
        Map<String, Object> postgresql = new LinkedHashMap<>();
        postgresql.put("use_slots", true);
        postgresql.put("use_pg_rewind", false);
        postgresql.put("parameters", parameters);
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("ttl", 30);
        top.put("loop_wait", 10);
        top.put("retry_timeout", 10);
        top.put("maximum_lag_on_failover", 1_048_576);
        top.put("maximum_lag_on_syncnode", -1);
        top.put("check_timeline", false);
        top.put("primary_start_timeout", 300);
        top.put("primary_stop_timeout", 0);
        top.put("synchronous_mode", false);
        top.put("synchronous_mode_strict", false);
        top.put("synchronous_node_count", 1);
        top.put("failsafe_mode", false);
        top.put("postgresql", postgresql);
        return top;
    }
}
