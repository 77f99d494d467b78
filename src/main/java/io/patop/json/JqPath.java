package io.patop.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A path into JSON, written as jq writes it: {@code .members[0].lag}, {@code .members[].name},
 * {@code .["odd name"]}, {@code .members | .[-1]}. One path selects any number of values.
 */
public final class JqPath {

    /** The path that selects the whole value. */
    public static final JqPath WHOLE = new JqPath(List.of());

    private sealed interface Step {

        /** What the step selects of a value. */
        List<Found> of(Found from) throws Mismatch;

        record Name(String name) implements Step {
            @Override
            public List<Found> of(Found from) throws Mismatch {
                if (from.value() instanceof Json.Fields object) {
                    return List.of(below(from, name, object.get(name)));
                }
                if (from.isNull()) {
                    return List.of(below(from, name, Optional.empty()));
                }
                throw new Mismatch(
                        "\"" + name + "\" is asked of " + from.value().what() + ", which has no fields");
            }
        }

        record Index(int index) implements Step {
            @Override
            public List<Found> of(Found from) throws Mismatch {
                if (from.value() instanceof Json.Items array) {
                    int at = index < 0 ? array.size() + index : index;
                    return List.of(below(from, "" + at, at(array, at)));
                }
                if (from.isNull()) {
                    return List.of(below(from, "" + index, Optional.empty()));
                }
                throw new Mismatch("[" + index + "] is asked of " + from.value().what() + ", which has no items");
            }
        }

        record Each() implements Step {
            @Override
            public List<Found> of(Found from) throws Mismatch {
                if (from.value() instanceof Json.Scalar) {
                    throw new Mismatch("[] is asked of " + from.value().what() + ", which has no items");
                }
                return from.value().parts().stream()
                        .map(part -> below(from, part.name(), Optional.of(part.value())))
                        .toList();
            }
        }
    }

    /** A step does not fit the value that it is applied to. */
    public static final class Mismatch extends Exception {
        Mismatch(String message) {
            super(message);
        }
    }

    private final List<Step> steps;

    private JqPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * Parses a path.
     *
     * @throws IllegalArgumentException with one line that says what is wrong, and where
     */
    public static JqPath parse(String text) {
        return new JqPath(new Parsing(text).steps());
    }

    /** Returns whether the path selects the whole value. */
    public boolean isWhole() {
        return steps.isEmpty();
    }

    /**
     * A value that a path selects.
     *
     * @param pointer JSON pointer to it in the whole value
     * @param value the value; JSON null if there is nothing at that place
     */
    public record Found(String pointer, Json value) {

        private boolean isNull() {
            return value.equals(Json.Scalar.NULL);
        }
    }

    /**
     * Returns what the path selects, in order. As in jq, a name or an index that does not exist selects null.
     *
     * @throws Mismatch if a name is applied to something other than an object, or an index to something other
     *     than an array
     */
    public List<Json> select(Json value) throws Mismatch {
        return find(value).stream().map(Found::value).toList();
    }

    /** Returns what {@link #select} does, each value with its pointer. */
    public List<Found> find(Json value) throws Mismatch {
        List<Found> selected = List.of(new Found("", value));
        for (Step step : steps) {
            List<Found> next = new ArrayList<>();
            for (Found each : selected) {
                next.addAll(step.of(each));
            }
            selected = next;
        }
        return List.copyOf(selected);
    }

    private static Found below(Found from, String name, Optional<Json> value) {
        return new Found(JsonChanges.pointer(from.pointer(), name), value.orElse(Json.Scalar.NULL));
    }

    private static Optional<Json> at(Json.Items array, int at) {
        return at < 0 || at >= array.items().size()
                ? Optional.empty()
                : Optional.of(array.items().get(at));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JqPath path && steps.equals(path.steps);
    }

    @Override
    public int hashCode() {
        return Objects.hash(steps);
    }

    /** Parses one text from left to right. */
    private static final class Parsing {
        private static final String ENDS_NAME = ".[]|\"";

        private final String text;
        private int at;

        Parsing(String text) {
            this.text = text;
        }

        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            while (skipBlanks()) {
                char sign = text.charAt(at);
                if (sign == '|') {
                    at++;
                } else if (sign == '[') {
                    steps.add(bracket());
                } else {
                    at += sign == '.' ? 1 : 0;
                    afterDot().ifPresent(steps::add);
                }
            }
            return steps;
        }

        /** Parses what follows a dot: a dot alone is the whole value; before a bracket it has no meaning. */
        private Optional<Step> afterDot() {
            if (at < text.length() && text.charAt(at) == '"') {
                return Optional.of(new Step.Name(quoted()));
            }
            int start = at;
            while (at < text.length()
                    && ENDS_NAME.indexOf(text.charAt(at)) < 0
                    && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at > start) {
                return Optional.of(new Step.Name(text.substring(start, at)));
            }
            boolean whole = at == text.length()
                    || text.charAt(at) == '['
                    || text.charAt(at) == '|'
                    || Character.isWhitespace(text.charAt(at));
            if (!whole) {
                throw wrong("a name is missing");
            }
            return Optional.empty();
        }

        private Step bracket() {
            at++;
            Step step;
            skipBlanks();
            if (at < text.length() && text.charAt(at) == '"') {
                step = new Step.Name(quoted());
            } else {
                int start = at;
                while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
                    at++;
                }
                step = start == at ? new Step.Each() : new Step.Index(number(text.substring(start, at)));
            }
            if (!skipBlanks() || text.charAt(at) != ']') {
                throw wrong("] is missing");
            }
            at++;
            return step;
        }

        private int number(String digits) {
            try {
                return Integer.parseInt(digits);
            } catch (NumberFormatException tooLong) {
                throw wrong("an index is a whole number, not " + digits);
            }
        }

        private String quoted() {
            StringBuilder name = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char sign = text.charAt(at);
                if (sign == '"') {
                    at++;
                    return name.toString();
                }
                if (sign == '\\' && at + 1 < text.length()) {
                    at++;
                    sign = text.charAt(at);
                }
                name.append(sign);
            }
            throw wrong("\" is missing");
        }

        /** Skips blanks; returns whether anything follows. */
        private boolean skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length();
        }

        private IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("not a path: " + what + " at character " + (at + 1) + " of " + text);
        }
    }
}
