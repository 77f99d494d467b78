package io.patop.haproxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of {@code show servers state}, which HAProxy writes to keep a server's state over a restart.
 *
 * @param fields values by HAProxy's own names, e.g. {@code srv_admin_state}, in its order
 */
public record ServerState(Map<String, String> fields) {

    public ServerState {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Returns {@code backend/server}, as {@link StatRow#key} does. */
    public String key() {
        return text("be_name") + "/" + text("srv_name");
    }

    /** Returns a column's text; empty if it has none ({@code -}). */
    public String text(String column) {
        String text = fields.getOrDefault(column, "");
        return text.equals("-") ? "" : text;
    }

    /** Returns the server's present address. */
    public Optional<String> address() {
        return Optional.of(text("srv_addr")).filter(text -> !text.isEmpty());
    }

    /** Returns the name that the address is looked up by (1.7 and later). */
    public Optional<String> hostName() {
        return Optional.of(text("srv_fqdn")).filter(text -> !text.isEmpty());
    }
}
