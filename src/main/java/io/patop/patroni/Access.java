package io.patop.patroni;

import java.util.Objects;
import java.util.Optional;

/**
 * What a person may do at a REST API and whom they trust: credentials and TLS, as Patroni's and patronictl's
 * configuration has them.
 *
 * @param credentials sent with each command, and with nothing that only reads: no version of Patroni wants them
 *     there
 * @param tls for https URLs
 */
public record Access(Optional<Credentials> credentials, Tls tls) {

    /** No credentials, and the JDK's own list of authorities. */
    public static final Access OPEN = new Access(Optional.empty(), Tls.DEFAULT);

    /** Checks that both parts are there. */
    public Access {
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(tls, "tls");
    }
}
