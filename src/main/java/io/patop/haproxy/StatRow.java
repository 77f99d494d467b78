package io.patop.haproxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of {@code show stat}: a frontend, a backend, a server or a listener.
 *
 * @param fields the columns by HAProxy's own names, in its order, those too that nobody here knows; an empty
 *     one is one that does not apply
 */
public record StatRow(Map<String, String> fields) {

    /** Copies the fields. */
    public StatRow {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** {@code pxname}: the proxy, that is the frontend or backend, that it belongs to. */
    public String proxy() {
        return text("pxname");
    }

    /** {@code svname}: FRONTEND, BACKEND, or the name of a server or listener. */
    public String service() {
        return text("svname");
    }

    /** What it is; by {@code type}, else by the service's name. */
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

    /** {@code proxy/service}, which no other line of the same HAProxy has. */
    public String key() {
        return proxy() + "/" + service();
    }

    /** {@code status}, as HAProxy writes it. */
    public String status() {
        return text("status");
    }

    /** What the status comes to. */
    public Condition condition() {
        return Condition.of(status());
    }

    /** A column's text; empty where HAProxy has no such column, or nothing in it. */
    public String text(String column) {
        return fields.getOrDefault(column, "");
    }

    /** A column's whole number, where there is one. */
    public Optional<Long> number(String column) {
        String text = text(column);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
        } catch (NumberFormatException words) {
            return Optional.empty();
        }
    }

    /** The host of {@code addr}, where HAProxy tells it; not of a unix socket. */
    public Optional<String> host() {
        String address = text("addr");
        int colon = address.lastIndexOf(':');
        if (colon <= 0 || address.startsWith("unix")) {
            return Optional.empty();
        }
        return Optional.of(address.substring(0, colon).replaceAll("^\\[(.*)]$", "$1"));
    }
}
