package io.patop.command.live;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.text.DurationText;
import io.patop.text.Printable;
import io.patop.time.MeasuredDuration;
import io.patop.watch.model.Event;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The formats in which events are printed, one line each. */
public enum EventFormat {
    /** Text for people. */
    TEXT {
        @Override
        public String line(Event event) {
            return time(event.at()) + "  " + Printable.line(event.text())
                    + event.took()
                            .map(took -> " (after " + DurationText.text(took) + ")")
                            .orElse("");
        }
    },
    /** A JSON object for programs. */
    JSON {
        @Override
        public String line(Event event) {
            return harmless(json(event).toString());
        }
    };

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final JsonMapper MAPPER = new JsonMapper();

    public abstract String line(Event event);

    /**
     * Returns JSON that is safe for a terminal too. Control characters and characters that turn the text's direction
     * can only be in strings, and are escaped there.
     */
    static String harmless(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean acts = c >= 0x7f && (c <= 0x9f || Character.getType(c) == Character.FORMAT);
            if (acts || c == 0x2028 || c == 0x2029) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Returns the JSON object of an event, to which more fields can be added. */
    static ObjectNode json(Event event) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("at", event.at().toString());
        object.put("kind", event.kind().name().toLowerCase(Locale.ROOT));
        object.put("tone", event.kind().tone().name().toLowerCase(Locale.ROOT));
        event.member().ifPresent(member -> object.put("member", member));
        object.put("text", event.text());
        event.took().ifPresent(took -> seconds(object, took));
        return object;
    }

    /** Adds one number that is never too small, if there is one, and both bounds if they differ. */
    private static void seconds(ObjectNode object, MeasuredDuration took) {
        object.put("seconds", took.longest().toMillis() / 1000.0);
        if (!took.most().equals(Optional.of(took.least()))) {
            object.put("seconds_at_least", took.least().toMillis() / 1000.0);
            took.most().ifPresent(most -> object.put("seconds_at_most", most.toMillis() / 1000.0));
        }
    }

    /** Returns the local time to the millisecond. */
    public static String time(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }
}
