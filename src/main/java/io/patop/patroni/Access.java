package io.patop.patroni;

import java.util.Optional;

/**
 * The credentials and TLS settings for a REST API, as Patroni's and patronictl's configuration has them.
 *
 * @param credentials sent with each command, and with nothing that only reads: no version of Patroni wants them there
 * @param tls TLS settings for https URLs
 */
public record Access(Optional<Credentials> credentials, Tls tls) {

    /** No credentials, and the JDK's own list of certificate authorities. */
    public static final Access OPEN = new Access(Optional.empty(), Tls.DEFAULT);
}
