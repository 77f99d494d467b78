package io.patop.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.cluster.Printable;
import io.patop.watch.Event;
import io.patop.watch.Spans;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How an event is printed, one line each. */
enum EventFormat {
    /** For people. */
    TEXT {
        @Override
        String line(Event event) {
            return time(event.at()) + "  " + Printable.line(event.text())
                    + event.took()
                            .map(took -> " (after " + Spans.words(took) + ")")
                            .orElse("");
        }
    },
    /** For programs: one object. */
    JSON {
        @Override
        String line(Event event) {
            ObjectNode object = MAPPER.createObjectNode();
            object.put("at", event.at().toString());
            object.put("kind", event.kind().name().toLowerCase(Locale.ROOT));
            object.put("tone", event.kind().tone().name().toLowerCase(Locale.ROOT));
            event.member().ifPresent(member -> object.put("member", member));
            object.put("text", event.text());
            event.took().ifPresent(took -> object.put("seconds", took.toMillis() / 1000.0));
            return object.toString();
        }
    };

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final JsonMapper MAPPER = new JsonMapper();

    abstract String line(Event event);

    /** Local time to the millisecond. */
    static String time(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }
}
