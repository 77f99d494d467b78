package io.patop.command;

import io.patop.watch.Event;
import java.time.ZoneId;

/** How an event is printed, one line each. */
enum EventFormat {
    /** For people. */
    TEXT {
        @Override
        String line(Event event) {
            return EventText.line(event, ZoneId.systemDefault());
        }
    },
    /** For programs: one object. */
    JSON {
        @Override
        String line(Event event) {
            return EventText.json(event).toString();
        }
    };

    abstract String line(Event event);
}
