package io.patop.haproxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of {@code show servers state}: what HAProxy would need to take a server over after a restart.
 *
 * @param fields by HAProxy's own names, e.g. {@code srv_admin_state}, in its order
 */
public record ServerState(Map<String, String> fields) {

    /** Copies the fields. */
    public ServerState {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** {@code backend/server}, as {@link StatRow#key}. */
    public String key() {
        return text("be_name") + "/" + text("srv_name");
    }

    /** A column's text; empty where there is none ({@code -}). */
    public String text(String column) {
        String text = fields.getOrDefault(column, "");
        return text.equals("-") ? "" : text;
    }

    /** The address it has now. */
    public Optional<String> address() {
        return Optional.of(text("srv_addr")).filter(text -> !text.isEmpty());
    }

    /** The name that its address is looked up by (1.7 and later). */
    public Optional<String> hostName() {
        return Optional.of(text("srv_fqdn")).filter(text -> !text.isEmpty());
    }
}
