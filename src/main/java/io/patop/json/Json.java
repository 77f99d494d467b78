package io.patop.json;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A JSON value as it was sent: fields in their order, doubled names too, and numbers by their digits, so that
 * {@code 1e400} and {@code 0.10} come out as they went in.
 */
public sealed interface Json {

    /** A field of an object. */
    record Field(String name, Json value) {
        /** Checks that both parts are there. */
        public Field {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }

    /** An object. */
    record Fields(List<Field> fields) implements Json {
        /** Copies the list. */
        public Fields {
            fields = List.copyOf(fields);
        }

        /** The value of the field of that name; of several the last, as most readers take it. */
        public Optional<Json> get(String name) {
            Optional<Json> found = Optional.empty();
            for (Field field : fields) {
                if (field.name().equals(name)) {
                    found = Optional.of(field.value());
                }
            }
            return found;
        }
    }

    /** An array. */
    record Items(List<Json> items) implements Json {
        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * A value without parts.
     *
     * @param kind of it
     * @param text of a string what it says, of all others what was sent
     */
    record Scalar(Kind kind, String text) implements Json {
        /** {@code null}. */
        public static final Scalar NULL = new Scalar(Kind.WORD, "null");

        /** Checks that both parts are there. */
        public Scalar {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(text, "text");
        }
    }

    /** The sorts of values without parts. */
    enum Kind {
        /** Text. */
        STRING,
        /** A number, by its digits. */
        NUMBER,
        /** {@code true}, {@code false}, {@code null}, and Python's {@code NaN}. */
        WORD
    }

    /** How many fields or items it has; 0 for a value without parts. */
    default int size() {
        if (this instanceof Fields object) {
            return object.fields().size();
        }
        return this instanceof Items array ? array.items().size() : 0;
    }

    /** What it is, for a sentence: {@code an object}, {@code a number}… */
    default String what() {
        if (this instanceof Fields) {
            return "an object";
        }
        if (this instanceof Scalar scalar) {
            return switch (scalar.kind()) {
                case STRING -> "a string";
                case NUMBER -> "a number";
                case WORD -> scalar.text();
            };
        }
        return "an array";
    }
}
