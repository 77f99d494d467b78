package io.patop.haproxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The HAProxy process, from {@code show info}.
 *
 * @param fields values by HAProxy's own names, e.g. {@code Uptime_sec}, in its order
 */
public record ProcessInfo(Map<String, String> fields) {

    public ProcessInfo {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Returns a field's text, if HAProxy tells it. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).filter(text -> !text.isEmpty());
    }

    /** Returns a field's whole number, if it has one. */
    public Optional<Long> number(String name) {
        try {
            return text(name).map(Long::parseLong);
        } catch (NumberFormatException words) {
            return Optional.empty();
        }
    }

    /** Returns the version, e.g. {@code 2.6.12-1+deb12u4}. */
    public Optional<String> version() {
        return text("Version");
    }
}
