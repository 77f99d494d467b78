package io.patop.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The difference between two dynamic configurations, setting by setting. Sections are compared key by key, lists as a
 * whole.
 *
 * @param changes in the order of the first configuration, then what the second adds
 */
public record ConfigChanges(List<Change> changes) {

    /**
     * One setting that differs.
     *
     * @param path keys from the top, e.g. {@code postgresql, parameters, work_mem}
     * @param before its value; empty if it was not set
     * @param after its value; empty if it is not set
     */
    public record Change(List<String> path, Optional<Object> before, Optional<Object> after) {
        public Change {
            path = List.copyOf(path);
        }

        /** The path with points between its keys. */
        public String name() {
            return String.join(".", path);
        }
    }

    public ConfigChanges {
        changes = List.copyOf(changes);
    }

    /** The changes that turn the first configuration into the second. */
    public static ConfigChanges between(DynamicConfig before, DynamicConfig after) {
        List<Change> found = new ArrayList<>();
        compare(List.of(), before.tree(), after.tree(), found);
        return new ConfigChanges(found);
    }

    /** Whether the two configurations are equal. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The body of {@code PATCH /config}: Patroni merges it key by key at any depth, and null removes a key. */
    public Map<String, Object> patch() {
        Map<String, Object> patch = new LinkedHashMap<>();
        for (Change change : changes) {
            Map<String, Object> section = patch;
            List<String> path = change.path();
            for (String key : path.subList(0, path.size() - 1)) {
                section = inner(section, key);
            }
            section.put(path.get(path.size() - 1), change.after().orElse(null));
        }
        return patch;
    }

    /** The changes in one line, e.g. {@code ttl: 30 → 20; postgresql.use_slots: not set → true}. */
    public String text(String arrow) {
        List<String> all = new ArrayList<>();
        for (Change change : changes) {
            all.add(change.name() + ": " + text(change.before()) + " " + arrow + " " + text(change.after()));
        }
        return String.join("; ", all);
    }

    private static String text(Optional<Object> value) {
        return value.map(String::valueOf).orElse("not set");
    }

    @SuppressWarnings("unchecked") // only this class fills it, with maps of this kind
    private static Map<String, Object> inner(Map<String, Object> section, String key) {
        return (Map<String, Object>) section.computeIfAbsent(key, absent -> new LinkedHashMap<String, Object>());
    }

    private static void compare(List<String> path, Map<?, ?> before, Map<?, ?> after, List<Change> found) {
        Set<Object> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (Object key : keys) {
            List<String> here = new ArrayList<>(path);
            here.add(String.valueOf(key));
            Optional<Object> old = Optional.ofNullable(before.get(key));
            Optional<Object> now = Optional.ofNullable(after.get(key));
            if (old.isPresent()
                    && now.isPresent()
                    && old.get() instanceof Map<?, ?> oldSection
                    && now.get() instanceof Map<?, ?> newSection) {
                compare(here, oldSection, newSection, found);
            } else if (!old.equals(now)) {
                found.add(new Change(here, old, now));
            }
        }
    }
}
