package io.patop.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.DurationDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Reads times in the form that Java's {@code toString} writes, faster than Java's own parser. A recording holds
 * millions of them, and parsing was a third of the work. Any other form is left to Java's parser.
 */
final class RecordedTimes extends SimpleModule {

    private static final long serialVersionUID = 1L;

    RecordedTimes() {
        addDeserializer(Instant.class, new Instants());
        addDeserializer(Duration.class, new Durations());
    }

    private static final class Instants extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;
        private static final String SHORTEST = "2026-11-24T12:00:00Z";

        Instants() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_STRING) && parser.getText().length() >= SHORTEST.length()) {
                try {
                    return parsed(parser.getText());
                } catch (DateTimeException otherwise) {
                    return InstantDeserializer.INSTANT.deserialize(parser, context);
                }
            }
            return InstantDeserializer.INSTANT.deserialize(parser, context);
        }

        private static Instant parsed(String text) {
            int last = text.length() - 1;
            if (text.charAt(4) != '-'
                    || text.charAt(7) != '-'
                    || text.charAt(10) != 'T'
                    || text.charAt(13) != ':'
                    || text.charAt(16) != ':'
                    || text.charAt(last) != 'Z') {
                throw new DateTimeException(text);
            }
            LocalDate day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
            LocalTime time = LocalTime.of(
                    digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19), fraction(text, 19, last));
            return time.atDate(day).toInstant(ZoneOffset.UTC);
        }
    }

    private static final class Durations extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        Durations() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                try {
                    return parsed(parser.getText());
                } catch (DateTimeException otherwise) {
                    return DurationDeserializer.INSTANCE.deserialize(parser, context);
                }
            }
            return DurationDeserializer.INSTANCE.deserialize(parser, context);
        }

        /** Reads a duration below a minute, as {@code PT0.580740692S}. */
        private static Duration parsed(String text) {
            int last = text.length() - 1;
            int point = text.indexOf('.');
            int end = point < 0 ? last : point;
            if (!text.startsWith("PT") || text.charAt(last) != 'S' || end < 3 || end > 4) {
                throw new DateTimeException(text);
            }
            return Duration.ofSeconds(digits(text, 2, end), fraction(text, end, last));
        }
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException(text);
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The nanoseconds of a fraction that begins with its point; 0 if there is none. */
    private static int fraction(String text, int from, int to) {
        if (from == to) {
            return 0;
        }
        int length = to - from - 1;
        if (text.charAt(from) != '.' || length < 1 || length > 9) {
            throw new DateTimeException(text);
        }
        int nanos = digits(text, from + 1, to);
        for (int i = length; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }
}
