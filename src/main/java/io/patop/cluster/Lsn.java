package io.patop.cluster;

import java.util.Optional;

/**
 * A position in PostgreSQL's write-ahead log, in bytes from 0/0.
 *
 * @param position bytes, unsigned 64 bits
 */
public record Lsn(long position) implements Comparable<Lsn> {

    /** Reads {@code 16/B374D848}: two hexadecimal halves of at most eight digits each. Empty for any other text. */
    public static Optional<Lsn> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            long high = Long.parseLong(text, 0, slash, 16);
            long low = Long.parseLong(text, slash + 1, text.length(), 16);
            if (high < 0 || low < 0 || high > 0xFFFF_FFFFL || low > 0xFFFF_FFFFL) {
                return Optional.empty();
            }
            return Optional.of(new Lsn(high << 32 | low));
        } catch (NumberFormatException notHexadecimal) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(position, other.position);
    }

    /** The position as PostgreSQL writes it, e.g. {@code 0/4000060}. */
    @Override
    public String toString() {
        return String.format("%X/%X", position >>> 32, position & 0xFFFF_FFFFL);
    }
}
