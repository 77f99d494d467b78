package io.patop.haproxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code show info}: the process itself.
 *
 * @param fields by HAProxy's own names, e.g. {@code Uptime_sec}, in its order
 */
public record ProcessInfo(Map<String, String> fields) {

    /** Copies the fields. */
    public ProcessInfo {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A field's text, where HAProxy tells it. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).filter(text -> !text.isEmpty());
    }

    /** A field's whole number, where there is one. */
    public Optional<Long> number(String name) {
        try {
            return text(name).map(Long::parseLong);
        } catch (NumberFormatException words) {
            return Optional.empty();
        }
    }

    /** Its version, e.g. {@code 2.6.12-1+deb12u4}. */
    public Optional<String> version() {
        return text("Version");
    }
}
