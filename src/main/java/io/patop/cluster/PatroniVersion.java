package io.patop.cluster;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Patroni's version. It can be compared, since what a node can do and how its patronictl prints depend on it.
 *
 * @param major 0 or more
 * @param minor 0 or more
 * @param patch 0 or more
 */
public record PatroniVersion(int major, int minor, int patch) implements Comparable<PatroniVersion> {

    private static final Comparator<PatroniVersion> ORDER = Comparator.comparingInt(PatroniVersion::major)
            .thenComparingInt(PatroniVersion::minor)
            .thenComparingInt(PatroniVersion::patch);

    /**
     * The forms of a version: {@code 4.1.5}, {@code 4.1}, and with what packagers or betas append: {@code 4.0.0rc1},
     * {@code 3.0.2.dev3}.
     */
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\D.*)?");

    public PatroniVersion {
        if (major < 0 || minor < 0 || patch < 0) {
            throw new IllegalArgumentException("a version has no negative parts");
        }
    }

    /**
     * Reads the version that {@code GET /patroni} reports. A missing third part counts as 0; empty if the text is
     * none.
     */
    public static Optional<PatroniVersion> parse(String text) {
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return Optional.of(
                new PatroniVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), patch));
    }

    /** The highest version that the nodes report, ignoring any that cannot be read. */
    public static Optional<PatroniVersion> highest(Collection<String> texts) {
        return texts.stream().flatMap(text -> parse(text).stream()).max(Comparator.naturalOrder());
    }

    /** Whether this is that version or a later one. */
    public boolean isAtLeast(int otherMajor, int otherMinor, int otherPatch) {
        return compareTo(new PatroniVersion(otherMajor, otherMinor, otherPatch)) >= 0;
    }

    @Override
    public int compareTo(PatroniVersion other) {
        return ORDER.compare(this, other);
    }

    /** The version as text, e.g. {@code 4.1.5}. */
    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
