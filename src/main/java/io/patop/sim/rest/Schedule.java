package io.patop.sim.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.patop.sim.core.Simulation;
import io.patop.sim.http.Reply;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * The scheduled time of a request, as parse_schedule of api.py judges it.
 *
 * @param time the time, if it is valid
 * @param refusal the answer, if the time is not valid
 */
record Schedule(Optional<OffsetDateTime> time, Optional<Reply> refusal) {
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[' '][XXX][XX][X]")
            .toFormatter();

    static Schedule check(Simulation world, JsonNode text, String action) {
        TemporalAccessor parsed;
        try {
            parsed = FORMAT.parseBest(text.asText(), OffsetDateTime::from, LocalDateTime::from);
        } catch (DateTimeParseException unreadable) {
            return refused(
                    422, "Unable to parse scheduled timestamp. It should be in an unambiguous format, e.g. ISO 8601");
        }
        if (!(parsed instanceof OffsetDateTime time)) {
            return refused(400, "Timezone information is mandatory for the scheduled " + action);
        }
        if (world.millisUntil(time) < 0) {
            return refused(422, "Cannot schedule " + action + " in the past");
        }
        return new Schedule(Optional.of(time), Optional.empty());
    }

    private static Schedule refused(int code, String sentence) {
        return new Schedule(Optional.empty(), Optional.of(Reply.sentence(code, sentence)));
    }
}
