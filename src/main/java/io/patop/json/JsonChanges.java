package io.patop.json;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The differences between an answer and the one before. Places are JSON pointers into the later one
 * ({@code /members/0/lag}).
 *
 * @param changed pointers to values that are new or different
 * @param less pointers to objects and arrays that have lost something
 */
public record JsonChanges(Set<String> changed, Set<String> less) {

    /** No differences. */
    public static final JsonChanges NONE = new JsonChanges(Set.of(), Set.of());

    public JsonChanges {
        changed = Set.copyOf(changed);
        less = Set.copyOf(less);
    }

    /** Returns whether there are no differences. */
    public boolean isEmpty() {
        return changed.isEmpty() && less.isEmpty();
    }

    /** Returns the differences from one value to a later one. */
    public static JsonChanges between(Json before, Json after) {
        Comparing comparing = new Comparing();
        comparing.compare("", before, after);
        return new JsonChanges(comparing.changed, comparing.less);
    }

    /** Returns the pointer of a field or item of another value. */
    public static String pointer(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static final class Comparing {
        private final Set<String> changed = new HashSet<>();
        private final Set<String> less = new HashSet<>();

        void compare(String at, Json before, Json after) {
            if (before.equals(after)) {
                return;
            }
            if (before instanceof Json.Fields one && after instanceof Json.Fields other) {
                fields(at, one, other);
            } else if (before instanceof Json.Items one && after instanceof Json.Items other) {
                items(at, one.items(), other.items());
            } else {
                changed.add(at);
            }
        }

        private void fields(String at, Json.Fields before, Json.Fields after) {
            for (Json.Field field : after.fields()) {
                below(pointer(at, field.name()), before.get(field.name()), field.value());
            }
            if (before.fields().stream()
                    .anyMatch(field -> after.get(field.name()).isEmpty())) {
                less.add(at);
            }
        }

        /**
         * Compares items; members are matched by their names, so that a member that leaves does not make all after it
         * look changed.
         */
        private void items(String at, List<Json> before, List<Json> after) {
            Optional<Map<String, Json>> named = byName(before);
            if (named.isPresent() && byName(after).isPresent()) {
                for (int i = 0; i < after.size(); i++) {
                    Json item = after.get(i);
                    below(
                            pointer(at, "" + i),
                            Optional.ofNullable(named.get().get(name(item).orElse(""))),
                            item);
                }
                if (!byName(after).get().keySet().containsAll(named.get().keySet())) {
                    less.add(at);
                }
                return;
            }
            for (int i = 0; i < after.size(); i++) {
                Optional<Json> old = i < before.size() ? Optional.of(before.get(i)) : Optional.empty();
                below(pointer(at, "" + i), old, after.get(i));
            }
            if (after.size() < before.size()) {
                less.add(at);
            }
        }

        private void below(String at, Optional<Json> before, Json after) {
            if (before.isPresent()) {
                compare(at, before.get(), after);
            } else {
                changed.add(at);
            }
        }

        private static Optional<Map<String, Json>> byName(List<Json> items) {
            Map<String, Json> named = new TreeMap<>();
            for (Json item : items) {
                Optional<String> name = name(item);
                if (name.isEmpty() || named.put(name.get(), item) != null) {
                    return Optional.empty();
                }
            }
            return Optional.of(named);
        }

        private static Optional<String> name(Json item) {
            return item instanceof Json.Fields object
                    ? object.get("name")
                            .filter(value -> value instanceof Json.Scalar scalar && scalar.kind() == Json.Kind.STRING)
                            .map(value -> ((Json.Scalar) value).text())
                    : Optional.empty();
        }
    }
}
