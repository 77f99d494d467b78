package io.patop.control.place;

import java.util.List;
import java.util.stream.Collectors;

/** An argument list as a person would type it into a shell. It is only shown and never run as such. */
final class ShellWords {

    private ShellWords() {}

    static String text(List<String> command) {
        return command.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
