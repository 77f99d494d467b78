package io.patop.patroni;

/**
 * A password. Its text is returned by {@link #reveal} only; an object that holds a secret is printed, logged or
 * recorded with stars in its place.
 */
public final class Secret {

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** Returns the text; only for the party that the password is meant for. */
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
