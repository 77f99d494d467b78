package io.patop.probe;

import java.time.Duration;
import java.util.Optional;

/**
 * A connection pooler between the probe and PostgreSQL, which keeps connections of its own to the server.
 *
 * @param name the pooler and its version as its own console tells them, e.g. {@code PgBouncer 1.18.0}; empty if there is
 *     no console for the probe's role
 * @param loginRetry PgBouncer's {@code server_login_retry}: how long it opens no connection after a failed one; empty if
 *     it is not told
 */
public record Pooler(Optional<String> name, Optional<Duration> loginRetry) {

    /** A pooler of which nothing else is known. */
    static final Pooler UNKNOWN = new Pooler(Optional.empty(), Optional.empty());

    /** The pooler's name, or that it is unknown. */
    public String text() {
        return name.orElse("a pooler that does not tell its name");
    }
}
