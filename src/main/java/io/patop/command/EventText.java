package io.patop.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.cluster.Printable;
import io.patop.watch.Event;
import io.patop.watch.Spans;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An event as a line: for people, and as JSON. The same wherever patop prints one. */
final class EventText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private EventText() {}

    /** For people, fit for a terminal. */
    static String line(Event event, ZoneId zone) {
        return time(event.at(), zone) + "  " + Printable.line(event.text())
                + event.took().map(took -> " (after " + Spans.words(took) + ")").orElse("");
    }

    /** Local time to the millisecond. */
    static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    /** As JSON. */
    static ObjectNode json(Event event) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("at", event.at().toString());
        object.put("kind", event.kind().name().toLowerCase(Locale.ROOT));
        object.put("tone", event.kind().tone().name().toLowerCase(Locale.ROOT));
        event.member().ifPresent(member -> object.put("member", member));
        object.put("text", event.text());
        event.took().ifPresent(took -> object.put("seconds", took.toMillis() / 1000.0));
        return object;
    }
}
