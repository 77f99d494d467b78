package io.patop.json;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A JSON value as it was sent: fields keep their order and may be doubled, and numbers keep their digits, so that
 * {@code 1e400} and {@code 0.10} are written as they were read.
 */
public sealed interface Json {

    /** Returns the fields or items, each with its place in this value; none for a value without parts. */
    List<Part> parts();

    /** Returns the number of fields or items; 0 for a value without parts. */
    int size();

    /** Returns the kind of value for a sentence: {@code an object}, {@code a number}… */
    String what();

    /** Calls the visitor's method for this kind of value. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of value. */
    interface Visitor<R> {
        R fields(Fields object);

        R items(Items array);

        R scalar(Scalar scalar);
    }

    /**
     * A field of an object or an item of an array.
     *
     * @param name the field's name, or the item's index from 0
     * @param label the name as a person is shown it
     */
    record Part(String name, String label, Json value) {}

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

        @Override
        public List<Part> parts() {
            return fields.stream()
                    .map(field -> new Part(field.name(), field.name(), field.value()))
                    .toList();
        }

        @Override
        public int size() {
            return fields.size();
        }

        @Override
        public String what() {
            return "an object";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fields(this);
        }
    }

    /** An array. */
    record Items(List<Json> items) implements Json {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public List<Part> parts() {
            return IntStream.range(0, items.size())
                    .mapToObj(index -> new Part("" + index, "[" + index + "]", items.get(index)))
                    .toList();
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public String what() {
            return "an array";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.items(this);
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

        @Override
        public List<Part> parts() {
            return List.of();
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public String what() {
            return switch (kind) {
                case STRING -> "a string";
                case NUMBER -> "a number";
                case WORD -> text;
            };
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.scalar(this);
        }
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
}
