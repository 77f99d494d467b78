package io.patop.command.patronictl;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.PythonJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Changes of the dynamic configuration, as patronictl makes them: a file is merged, or {@code KEY=VALUE} pairs are
 * set. Also finds the smallest change that leads from one configuration to another.
 */
final class ConfigPatch {

    private static final List<String> PARAMETERS = List.of("postgresql", "parameters");

    private ConfigPatch() {}

    /**
     * Merges as Patroni's patch_config does: maps are merged at any depth, null removes, everything else replaces.
     */
    static Map<String, Object> merged(Map<String, ?> config, Map<String, ?> patch) {
        Map<String, Object> result = new LinkedHashMap<>(config);
        patch.forEach((key, value) -> {
            Object old = result.get(key);
            if (value == null) {
                result.remove(key);
            } else if (old instanceof Map<?, ?> map && value instanceof Map<?, ?> changes) {
                result.put(key, merged(strings(map), strings(changes)));
            } else if (old == null || !old.toString().equals(value.toString())) {
                result.put(key, value);
            }
        });
        return result;
    }

    /**
     * Applies {@code KEY=VALUE} pairs: the key is a path with dots, except that a parameter of PostgreSQL may hold
     * dots; the value is YAML, and null removes.
     */
    static Map<String, Object> with(Map<String, ?> config, List<String> pairs) {
        Map<String, Object> result = new LinkedHashMap<>(config);
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw CommandFailure.ofPatronictl(ExitCode.USAGE, "Invalid parameter setting " + pair);
            }
            List<String> path = Arrays.asList(pair.substring(0, equals).strip().split("\\.", -1));
            Object value = YamlValue.read(pair.substring(equals + 1), pair.substring(0, equals));
            result = set(result, path, value, new ArrayList<>());
        }
        return result;
    }

    /** Returns the patch that leads from one configuration to the other; empty if they are equal. */
    @SuppressWarnings("NullAway") // null is a value of a configuration
    static Map<String, Object> between(Map<String, ?> before, Map<String, ?> after) {
        Map<String, Object> patch = new LinkedHashMap<>();
        before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(key -> patch.put(key, null));
        after.forEach((key, value) -> {
            Object old = before.get(key);
            if (old instanceof Map<?, ?> map && value instanceof Map<?, ?> changed) {
                Map<String, Object> inner = between(strings(map), strings(changed));
                if (!inner.isEmpty()) {
                    patch.put(key, inner);
                }
            } else if (!before.containsKey(key) || !sameValue(old, value)) {
                patch.put(key, value);
            }
        });
        return patch;
    }

    /** Compares values as JSON does: an int and a long of the same value are equal. */
    static boolean sameValue(Object left, Object right) {
        return Objects.equals(PythonJson.of(left), PythonJson.of(right));
    }

    private static Map<String, Object> set(
            Map<String, Object> config, List<String> path, Object value, List<String> above) {
        Map<String, Object> result = new LinkedHashMap<>(config);
        boolean parameter = above.equals(PARAMETERS);
        String key = parameter ? String.join(".", path) : path.get(0);
        if (parameter || path.size() == 1) {
            if (value == null) {
                result.remove(key);
            } else {
                result.put(key, value);
            }
            return result;
        }
        List<String> below = new ArrayList<>(above);
        below.add(key);
        Map<String, Object> inner = result.get(key) instanceof Map<?, ?> map ? strings(map) : Map.of();
        Map<String, Object> changed = set(inner, path.subList(1, path.size()), value, below);
        if (changed.isEmpty()) {
            result.remove(key);
        } else {
            result.put(key, changed);
        }
        return result;
    }

    private static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> result.put(key.toString(), value));
        return result;
    }
}
