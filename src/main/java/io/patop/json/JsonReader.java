package io.patop.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON into a {@link Json} of bounded size. */
public final class JsonReader {

    /** Largest number of values that are read: a tree takes many times the memory of its text. */
    public static final int MOST_VALUES = 200_000;

    private static final int DEEPEST = 500;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** The text is not one whole JSON value, or is too large. */
    public static final class NotJson extends Exception {
        NotJson(String message) {
            super(message);
        }
    }

    private final JsonParser parser;
    private int left = MOST_VALUES;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Returns the one value that the bytes hold.
     *
     * @throws NotJson with a few words on why they are not JSON
     */
    public static Json read(byte[] bytes) throws NotJson {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            JsonReader reader = new JsonReader(parser);
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new NotJson("it is empty");
            }
            Json value = reader.value(first);
            if (parser.nextToken() != null) {
                throw new NotJson("something follows the value");
            }
            return value;
        } catch (JsonProcessingException wrong) {
            throw new NotJson("no JSON: " + wrong.getOriginalMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Json value(JsonToken token) throws IOException, NotJson {
        if (--left < 0) {
            throw new NotJson("more than " + MOST_VALUES + " values");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> new Json.Scalar(Json.Kind.STRING, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> new Json.Scalar(Json.Kind.WORD, parser.getText());
            default -> throw new NotJson("no JSON: " + token);
        };
    }

    private Json number() throws IOException {
        String digits = parser.getText();
        boolean word = parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN();
        return new Json.Scalar(
                word && Character.isLetter(digits.charAt(digits.length() - 1)) ? Json.Kind.WORD : Json.Kind.NUMBER,
                digits);
    }

    private Json object() throws IOException, NotJson {
        List<Json.Field> fields = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            fields.add(new Json.Field(name, value(parser.nextToken())));
        }
        return new Json.Fields(fields);
    }

    private Json array() throws IOException, NotJson {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return new Json.Items(items);
    }
}
