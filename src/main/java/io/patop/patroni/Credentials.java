package io.patop.patroni;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * Who asks, for the basic authentication of Patroni's REST API.
 *
 * @param username without a colon, which basic authentication cannot carry
 * @param password may be empty
 */
public record Credentials(String username, Secret password) {

    /** Checks the username. */
    public Credentials {
        Objects.requireNonNull(password, "password");
        if (username.isEmpty() || username.contains(":")) {
            throw new IllegalArgumentException("a username of the REST API is not empty and has no colon");
        }
    }

    /** The value of the Authorization header. */
    String basic() {
        byte[] pair = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
