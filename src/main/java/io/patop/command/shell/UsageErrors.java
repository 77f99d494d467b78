package io.patop.command.shell;

import io.patop.text.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports wrong command lines in the words of click, which patronictl is made with, so that a mistake has the same
 * wording in every command. patronictl's own commands print the usage before it, as patronictl does; patop's own
 * print one line.
 */
public final class UsageErrors {

    /** The arguments after the options of patronictl's commands; the cluster's name may always be left out. */
    private static final Map<String, String> ARGUMENTS = Map.ofEntries(
            Map.entry("list", "[CLUSTER_NAMES]..."),
            Map.entry("topology", "[CLUSTER_NAMES]..."),
            Map.entry("history", "[CLUSTER_NAME]"),
            Map.entry("version", "[CLUSTER_NAME] [MEMBER_NAMES]..."),
            Map.entry("dsn", "[CLUSTER_NAME]"),
            Map.entry("show-config", "[CLUSTER_NAME]"),
            Map.entry("edit-config", "[CLUSTER_NAME]"),
            Map.entry("switchover", "[CLUSTER_NAME]"),
            Map.entry("failover", "[CLUSTER_NAME]"),
            Map.entry("restart", "[CLUSTER_NAME] [MEMBER_NAMES]..."),
            Map.entry("reload", "[CLUSTER_NAME] [MEMBER_NAMES]..."),
            Map.entry("reinit", "[CLUSTER_NAME] [MEMBER_NAMES]..."),
            Map.entry("flush", "[CLUSTER_NAME] [MEMBER_NAMES]... {restart|switchover}"),
            Map.entry("pause", "[CLUSTER_NAME]"),
            Map.entry("resume", "[CLUSTER_NAME]"),
            Map.entry("demote-cluster", "[CLUSTER_NAME]"),
            Map.entry("promote-cluster", "[CLUSTER_NAME]"));

    private UsageErrors() {}

    /** Makes the failure for a word that is not one of the possible values. */
    public static CommandFailure noChoice(String argument, String word, List<String> choices) {
        return CommandFailure.misuse(noChoiceText(argument, word, choices));
    }

    /** Returns everything that is printed to standard error. */
    public static String lines(CommandLine command, String message) {
        String name = command.getCommandSpec().qualifiedName();
        String arguments = ARGUMENTS.get(command.getCommandName());
        if (arguments == null || command.getParent() == null) {
            return "patop: " + Printable.line(message) + " (see " + name + " --help)\n";
        }
        return "Usage: " + name + " [OPTIONS] " + arguments + "\nTry '" + name + " --help' for help.\n\nError: "
                + Printable.line(message) + '\n';
    }

    /** Returns everything that is printed for a mistake that picocli found. */
    public static String lines(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        boolean lacksArgument = wrong instanceof MissingParameterException missing
                && missing.getMissing().stream().anyMatch(ArgSpec::isOption);
        // The one mistake that click reports without the usage.
        return lacksArgument && ARGUMENTS.containsKey(command.getCommandName())
                ? "Error: " + Printable.line(text(wrong)) + '\n'
                : lines(command, text(wrong));
    }

    private static String text(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched);
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec argument = missing.getMissing().get(0);
            return argument instanceof OptionSpec option
                    ? "Option '" + option.longestName() + "' requires an argument."
                    : "Missing argument '" + argument.paramLabel() + "'.";
        }
        ArgSpec argument = wrong.getArgSpec();
        if (argument == null) {
            return first(wrong);
        }
        Class<?> type = argument.auxiliaryTypes().length > 0 ? argument.auxiliaryTypes()[0] : argument.type();
        if (wrong.getValue() == null) {
            return first(wrong);
        }
        if (type.isEnum()) {
            return noChoiceText(hint(argument), wrong.getValue(), choices(type));
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive()
                ? "Invalid value for " + hint(argument) + ": '" + wrong.getValue() + "' is not a valid "
                        + (isWhole(type) ? "integer" : "float") + '.'
                : first(wrong);
    }

    private static String noChoiceText(String argument, String word, List<String> choices) {
        return "Invalid value for " + argument + ": '" + word + "' is not one of "
                + choices.stream().map(choice -> "'" + choice + "'").collect(Collectors.joining(", ")) + '.';
    }

    private static String unknown(UnmatchedArgumentException unmatched) {
        List<String> words = unmatched.getUnmatched();
        String word = words.isEmpty() ? "" : words.get(0);
        CommandLine command = unmatched.getCommandLine();
        if (word.startsWith("-")) {
            List<String> options = command.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .flatMap(option -> Arrays.stream(option.names()))
                    .filter(name -> name.startsWith("--"))
                    .toList();
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return "No such option: " + name
                    + Suggestions.closest(name, options)
                            .map(near -> " Did you mean " + near + "?")
                            .orElse("");
        }
        List<String> commands = new ArrayList<>(command.getSubcommands().keySet());
        if (command.getCommandSpec().userObject() instanceof Program root) {
            commands.addAll(root.commandNames());
        }
        return commands.isEmpty()
                ? "Got unexpected extra argument (" + word + ")"
                : "No such command '" + word + "'."
                        + Suggestions.closest(word, commands)
                                .map(near -> " Did you mean '" + near + "'?")
                                .orElse("");
    }

    private static String hint(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return "'" + argument.paramLabel() + "'";
        }
        // Long names first, as patronictl has them.
        return Stream.concat(
                        Arrays.stream(option.names()).filter(name -> name.startsWith("--")),
                        Arrays.stream(option.names()).filter(name -> !name.startsWith("--")))
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(" / "));
    }

    private static List<String> choices(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean isWhole(Class<?> type) {
        return type == int.class || type == Integer.class || type == long.class || type == Long.class;
    }

    private static String first(ParameterException wrong) {
        return Optional.ofNullable(wrong.getMessage())
                .flatMap(text -> text.lines().findFirst())
                .orElse("wrong usage");
    }
}
