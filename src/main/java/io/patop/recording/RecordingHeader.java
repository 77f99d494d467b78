package io.patop.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The first line of a recording.
 *
 * @param version the format's version; a format that older programs cannot read gets a new one
 * @param patop the version of the program that wrote it
 * @param scope the cluster's name, if it was known by then
 * @param start time of the first observation
 */
public record RecordingHeader(int version, String patop, Optional<String> scope, Instant start) {

    /** The version that is written, and the newest that can be read. */
    public static final int VERSION = 1;

    private static final String FORMAT = "patop-recording";

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT).put("version", version).put("patop", patop);
        scope.ifPresent(name -> json.put("scope", name));
        return json.put("start", start.toString());
    }

    /**
     * The header in this JSON; empty if it is none. If the version is newer, only its first fields can be relied on.
     */
    static Optional<RecordingHeader> of(JsonNode json) {
        if (!FORMAT.equals(json.path("format").textValue())
                || !json.path("version").isInt()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RecordingHeader(
                    json.path("version").intValue(),
                    json.path("patop").asText("?"),
                    Optional.ofNullable(json.path("scope").textValue()),
                    Instant.parse(json.path("start").asText(Instant.EPOCH.toString()))));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
