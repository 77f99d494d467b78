package io.patop.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An event as patop told it, read from its report.
 *
 * @param at when it was seen
 * @param kind the word of its kind
 * @param member to whom it happened; empty where it names none
 * @param text the sentence
 * @param seconds how long it had lasted, where it is the end of something
 * @param atLeast how long it had lasted at least, where that is not the same
 * @param isRange whether {@code seconds} is the most that it may have lasted, and not the least
 */
record ReducerStory(
        Instant at,
        String kind,
        String member,
        String text,
        Optional<Double> seconds,
        Optional<Double> atLeast,
        boolean isRange) {

    static List<ReducerStory> read(JsonNode report) {
        List<ReducerStory> events = new ArrayList<>();
        for (JsonNode event : report.path("events")) {
            events.add(new ReducerStory(
                    Instant.parse(event.path("at").asText()),
                    event.path("kind").asText(),
                    event.path("member").asText(""),
                    event.path("text").asText(),
                    number(event, "seconds"),
                    number(event, "seconds_at_least"),
                    event.has("seconds_at_most")));
        }
        return events;
    }

    private static Optional<Double> number(JsonNode event, String name) {
        return event.has(name) ? Optional.of(event.path(name).asDouble()) : Optional.empty();
    }

    @Override
    public String toString() {
        return at + " " + kind + ": " + text
                + seconds.map(s -> " (after " + s + " s)").orElse("");
    }
}
