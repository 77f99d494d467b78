package io.patop.cluster;

/**
 * PostgreSQL's version as a number, e.g. 150020 for 15.20.
 *
 * @param number as {@code server_version_num}
 */
public record PostgresVersion(int number) {
    /** Checks that the number has a major version. */
    public PostgresVersion {
        if (number < 10_000) {
            throw new IllegalArgumentException("a server_version_num is 10000 or more, not " + number);
        }
    }

    /** The version as text: {@code 15.20}, and {@code 9.6.24} for those before 10. */
    @Override
    public String toString() {
        int major = number / 10_000;
        return major >= 10 ? major + "." + number % 10_000 : major + "." + number / 100 % 100 + "." + number % 100;
    }
}
