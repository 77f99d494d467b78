package io.patop.json;

import java.util.List;
import java.util.Optional;

/**
 * A JSON value as it was sent: fields keep their order and may be doubled, and numbers keep their digits, so that
 * {@code 1e400} and {@code 0.10} are written as they were read.
 */
public sealed interface Json {

    /** A field of an object. */
    record Field(String name, Json value) {}

    /** An object. */
    record Fields(List<Field> fields) implements Json {
        public Fields {
            fields = List.copyOf(fields);
        }

        /** Returns the value of a field; if the name is doubled the last one, as most readers do. */
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
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * A value without parts.
     *
     * @param kind its kind
     * @param text a string's content; for other kinds the text that was sent
     */
    record Scalar(Kind kind, String text) implements Json {
        public static final Scalar NULL = new Scalar(Kind.WORD, "null");
    }

    /** The kinds of values without parts. */
    enum Kind {
        /** A string. */
        STRING,
        /** A number, by its digits. */
        NUMBER,
        /** {@code true}, {@code false}, {@code null}, and Python's {@code NaN}. */
        WORD
    }

    /** Returns the number of fields or items; 0 for a value without parts. */
    default int size() {
        if (this instanceof Fields object) {
            return object.fields().size();
        }
        return this instanceof Items array ? array.items().size() : 0;
    }

    /** Returns the kind of value for a sentence: {@code an object}, {@code a number}… */
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
