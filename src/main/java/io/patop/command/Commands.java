package io.patop.command;

import java.util.Arrays;
import java.util.List;

/**
 * patop's commands by their names. Only those that a command line may be about are made: picocli's model of a
 * command comes by reflection and costs as much time as its work does, and there are two dozen.
 */
final class Commands {

    /** All, in the order in which help lists them. */
    static final List<String> NAMES = List.of(
            "demo", "list", "watch", "services", "scale", "kill", "freeze", "thaw", "completion", "manual", "rehearse");

    private Commands() {}

    /** A new object of the command's class. */
    static Object named(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "list" -> new ListCommand();
            case "watch" -> new WatchCommand();
            case "services" -> new ServicesCommand();
            case "scale" -> new ScaleCommand();
            case "kill" -> new KillCommand();
            case "freeze" -> new FreezeCommand();
            case "thaw" -> new ThawCommand();
            case "completion" -> new CompletionCommand();
            case "manual" -> new ManualCommand();
            case "rehearse" -> new RehearseCommand();
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }

    /** Those that the arguments name; all of them where patop's own help is asked for, or a file of arguments is given. */
    static List<String> in(String... arguments) {
        List<String> words = Arrays.asList(arguments);
        int first = words.size();
        for (int i = words.size() - 1; i >= 0; i--) {
            if (NAMES.contains(words.get(i))) {
                first = i;
            }
        }
        boolean isHelpFirst = words.subList(0, first).stream().anyMatch(Commands::mayBeHelp);
        boolean hasFile = words.stream().anyMatch(word -> word.startsWith("@"));
        return isHelpFirst || hasFile
                ? NAMES
                : NAMES.stream().filter(words::contains).toList();
    }

    private static boolean mayBeHelp(String word) {
        return word.equals("--help") || word.startsWith("-h");
    }
}
