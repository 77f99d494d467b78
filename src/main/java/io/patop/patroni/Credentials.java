package io.patop.patroni;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * User and password for the basic authentication of Patroni's REST API.
 *
 * @param username user name without a colon, which basic authentication cannot carry
 * @param password the password; may be empty
 */
public record Credentials(String username, Secret password) {

    public Credentials {
        if (username.isEmpty() || username.contains(":")) {
            throw new IllegalArgumentException("a username of the REST API is not empty and has no colon");
        }
    }

    /** Returns the value of the Authorization header. */
    String basic() {
        byte[] pair = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
