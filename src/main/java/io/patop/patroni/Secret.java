package io.patop.patroni;

import java.util.Objects;

/**
 * A password. Its text leaves this type by {@link #reveal} only: what prints, logs or records an object that
 * holds one shows stars.
 */
public final class Secret {

    private final String text;

    /** A secret of that text. */
    public Secret(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    /** The text, for whom it is meant. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
