package io.patop.haproxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of {@code show stat}: a frontend, a backend, a server or a listener.
 *
 * @param fields columns by HAProxy's own names, in its order, unknown ones included; an empty one does not apply
 */
public record StatRow(Map<String, String> fields) {

    public StatRow {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Returns {@code pxname}: the frontend or backend that the line belongs to. */
    public String proxy() {
        return text("pxname");
    }

    /** Returns {@code svname}: FRONTEND, BACKEND, or the name of a server or listener. */
    public String service() {
        return text("svname");
    }

    /** Returns the kind, by {@code type}, else by the service's name. */
    public RowKind kind() {
        String type = text("type");
        if (!type.isEmpty()) {
            return RowKind.of(type);
        }
        return switch (service()) {
            case "FRONTEND" -> RowKind.FRONTEND;
            case "BACKEND" -> RowKind.BACKEND;
            default -> RowKind.SERVER;
        };
    }

    /** Returns {@code proxy/service}, which is unique within an HAProxy. */
    public String key() {
        return proxy() + "/" + service();
    }

    /** Returns {@code status} as HAProxy writes it. */
    public String status() {
        return text("status");
    }

    /** Returns the condition that the status means. */
    public Condition condition() {
        return Condition.of(status());
    }

    /** Returns a column's text; empty if HAProxy has no such column, or nothing in it. */
    public String text(String column) {
        return fields.getOrDefault(column, "");
    }

    /** Returns a column's whole number, if it has one. */
    public Optional<Long> number(String column) {
        String text = text(column);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
        } catch (NumberFormatException words) {
            return Optional.empty();
        }
    }

    /** Returns the host of {@code addr}, if HAProxy tells it; not for a unix socket. */
    public Optional<String> host() {
        String address = text("addr");
        int colon = address.lastIndexOf(':');
        if (colon <= 0 || address.startsWith("unix")) {
            return Optional.empty();
        }
        return Optional.of(address.substring(0, colon).replaceAll("^\\[(.*)]$", "$1"));
    }
}
