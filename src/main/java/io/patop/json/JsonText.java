package io.patop.json;

import io.patop.json.Json.Field;
import io.patop.json.Json.Fields;
import io.patop.json.Json.Items;
import io.patop.json.Json.Kind;
import io.patop.json.Json.Scalar;

/** Writes JSON as text on one line; numbers keep their digits. */
public final class JsonText {

    private JsonText() {}

    /** Returns the whole value with {@code ", "} and {@code ": "} as separators, as Python writes it. */
    public static String of(Json value) {
        StringBuilder text = new StringBuilder();
        value.accept(new Writer(text));
        return text.toString();
    }

    /** Returns a string in quotes; quotes, backslashes, and characters that a terminal cannot show are escaped. */
    public static String quoted(String string) {
        StringBuilder text = new StringBuilder(string.length() + 2);
        text.append('"');
        string.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (isPlain(point)) {
                        text.appendCodePoint(point);
                    } else {
                        escape(text, point);
                    }
                }
            }
        });
        return text.append('"').toString();
    }

    /**
     * Returns whether a terminal shows the character as itself: no control, format, private or unassigned character.
     */
    public static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Appends the code point as JSON escapes it. */
    public static void escape(StringBuilder text, int point) {
        for (char unit : Character.toChars(point)) {
            text.append(String.format("\\u%04x", (int) unit));
        }
    }

    private record Writer(StringBuilder text) implements Json.Visitor<StringBuilder> {

        @Override
        public StringBuilder scalar(Scalar scalar) {
            return text.append(scalar.kind() == Kind.STRING ? quoted(scalar.text()) : scalar.text());
        }

        @Override
        public StringBuilder fields(Fields object) {
            text.append('{');
            String separator = "";
            for (Field field : object.fields()) {
                text.append(separator).append(quoted(field.name())).append(": ");
                field.value().accept(this);
                separator = ", ";
            }
            return text.append('}');
        }

        @Override
        public StringBuilder items(Items array) {
            text.append('[');
            String separator = "";
            for (Json item : array.items()) {
                text.append(separator);
                item.accept(this);
                separator = ", ";
            }
            return text.append(']');
        }
    }
}
