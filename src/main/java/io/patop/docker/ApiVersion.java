package io.patop.docker;

import java.util.Optional;

/**
 * A version of the Engine API, e.g. 1.44.
 *
 * @param major 1, so far
 * @param minor increases with each version
 */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    static Optional<ApiVersion> parse(String text) {
        String[] parts = text.split("\\.", -1);
        try {
            return parts.length == 2
                    ? Optional.of(new ApiVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])))
                    : Optional.empty();
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    /** Returns this version, or the nearest one between the two. */
    ApiVersion within(ApiVersion oldest, ApiVersion newest) {
        if (compareTo(newest) > 0) {
            return newest;
        }
        return compareTo(oldest) < 0 ? oldest : this;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
