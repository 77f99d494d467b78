package io.patop.command;

import io.patop.command.shell.Version;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * A command's manual page in troff, made from picocli's model so that it says what {@code --help} says. picocli's own
 * generator writes AsciiDoc, which needs Asciidoctor and Ruby to become a page.
 */
final class ManualPage {

    private static final String LINE = "\n";

    private ManualPage() {}

    /** Returns the file's name, e.g. {@code patop-list.1}. */
    static String file(CommandSpec command) {
        return page(command) + ".1";
    }

    /** Returns the page. */
    static String of(CommandSpec command) {
        UsageMessageSpec usage = command.usageMessage();
        StringBuilder page = new StringBuilder();
        page.append(".TH ").append(quoted(page(command).toUpperCase(java.util.Locale.ROOT)));
        page.append(" 1 \"\" ").append(quoted("patop " + Version.number())).append(LINE);
        section(page, "NAME", text(page(command)) + " \\- " + text(summary(usage)));
        section(page, "SYNOPSIS", text(synopsis(command)));
        section(page, "DESCRIPTION", text(text(usage.description())));
        List<ArgSpec> arguments = List.copyOf(command.positionalParameters());
        list(page, "ARGUMENTS", arguments);
        list(
                page,
                "OPTIONS",
                command.options().stream().filter(option -> !option.hidden()).toList());
        commands(page, command);
        if (!usage.exitCodeList().isEmpty()) {
            page.append(".SH EXIT STATUS\n");
            usage.exitCodeList().forEach((code, meaning) -> item(page, text(code.strip()), text(meaning)));
        }
        section(page, "SEE ALSO", command.parent() == null ? "patronictl(1)" : "patop(1), patronictl(1)");
        return page.toString();
    }

    private static void commands(StringBuilder page, CommandSpec command) {
        List<CommandLine> shown = command.subcommands().values().stream()
                .distinct()
                .filter(line -> !line.getCommandSpec().usageMessage().hidden())
                .toList();
        if (!shown.isEmpty()) {
            page.append(".SH COMMANDS\n");
            for (CommandLine line : shown) {
                CommandSpec spec = line.getCommandSpec();
                item(page, "\\fB" + text(page(spec)) + "\\fR(1)", text(summary(spec.usageMessage())));
            }
        }
    }

    private static void list(StringBuilder page, String title, List<? extends ArgSpec> arguments) {
        if (arguments.isEmpty()) {
            return;
        }
        page.append(".SH ").append(title).append(LINE);
        for (ArgSpec argument : arguments) {
            String label = text(argument.paramLabel());
            if (argument instanceof OptionSpec option) {
                String names = Arrays.stream(option.names())
                        .map(name -> "\\fB" + text(name) + "\\fR")
                        .collect(Collectors.joining(", "));
                label = option.arity().max() == 0 ? names : names + " \\fI" + label + "\\fR";
            }
            item(page, label, text(text(argument.description())));
        }
    }

    private static void section(StringBuilder page, String title, String text) {
        page.append(".SH ").append(title).append(LINE).append(text).append(LINE);
    }

    private static void item(StringBuilder page, String label, String text) {
        page.append(".TP\n").append(label).append(LINE).append(text).append(LINE);
    }

    private static String page(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private static String synopsis(CommandSpec command) {
        return new Help(command, Help.defaultColorScheme(Help.Ansi.OFF))
                .synopsis(0)
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String summary(UsageMessageSpec usage) {
        String text = usage.header().length > 0 ? text(usage.header()) : text(usage.description());
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String text(String... lines) {
        return String.join(" ", lines)
                .replace("%n", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String quoted(String text) {
        return '"' + text(text).replace("\"", "\\(dq") + '"';
    }

    /** Escapes a text so that nothing in it is a request or an escape of troff. */
    private static String text(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
