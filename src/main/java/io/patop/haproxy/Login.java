package io.patop.haproxy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** User and password for the statistics page. The password leaves this type only for the request itself. */
public final class Login {

    private final String user;
    private final String password;

    /** Makes a login; neither part may be null. */
    public Login(String user, String password) {
        this.user = user;
        this.password = password;
    }

    public String user() {
        return user;
    }

    /** Returns the value of the header {@code Authorization}. */
    String basic() {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Login login && login.user.equals(user) && login.password.equals(password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(user, password);
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
