package io.patop.control.place;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A member as it is put into commands. Its name and its host come from an API that anybody may have answered.
 *
 * @param name by Patroni
 * @param host of its REST API or PostgreSQL, where that is known
 */
public record PlacedMember(String name, Optional<String> host) {

    /** What goes into a command: nothing that a shell takes for more than a letter, and no option. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:][A-Za-z0-9._:-]{0,252}");

    /** Whether the text may be put into a command. */
    public static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches();
    }

    /**
     * Why the member cannot be put into a command; empty if it can.
     *
     * @param needsHost whether the command has its host
     */
    public Optional<String> hindrance(boolean needsHost) {
        if (!isPlain(name)) {
            return Optional.of("the member's name is not put into a command: it has other signs than letters, digits"
                    + " and . _ - :");
        }
        if (needsHost && host.isEmpty()) {
            return Optional.of("the host of " + name + " is not known");
        }
        if (needsHost && host.filter(PlacedMember::isPlain).isEmpty()) {
            return Optional.of("the host of " + name + " is not put into a command: it has other signs than letters,"
                    + " digits and . _ - :");
        }
        return Optional.empty();
    }
}
