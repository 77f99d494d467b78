package io.patop.control.place;

import java.util.List;

/**
 * A command in which {@code {name}} and {@code {host}} stand for those of a member.
 *
 * @param words the program and its arguments
 */
public record CommandTemplate(List<String> words) {

    static final String NAME = "{name}";
    static final String HOST = "{host}";

    public CommandTemplate {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command begins with a program");
        }
        for (String word : words) {
            String rest = word.replace(NAME, "").replace(HOST, "");
            if (rest.matches("(?s).*\\{[a-z]*\\}.*")) {
                throw new IllegalArgumentException("in a command {name} and {host} are known, not " + word);
            }
        }
        if (words.get(0).contains(NAME) || words.get(0).contains(HOST)) {
            throw new IllegalArgumentException("which program is run does not depend on the member: " + words.get(0));
        }
    }

    /** Whether the member's host stands in it. */
    boolean needsHost() {
        return words.stream().anyMatch(word -> word.contains(HOST));
    }

    /** The command for that member, whose parts were found plain. */
    List<String> of(PlacedMember member) {
        return words.stream()
                .map(word -> word.replace(NAME, member.name())
                        .replace(HOST, member.host().orElse("")))
                .toList();
    }
}
