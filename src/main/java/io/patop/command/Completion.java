package io.patop.command;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Shell completion from picocli's model: commands, options, and, where a command takes a member, the members that the
 * cluster has at that moment.
 */
final class Completion {

    /** Prints the members' names, a line each; nothing when no cluster answers. */
    private static final String MEMBERS = "patop list -f tsv 2> /dev/null | sed -n '2,$p' | cut -f 2";

    private Completion() {}

    /** Returns the script for bash, and for zsh by its bashcompinit: picocli's own script, and the members. */
    static String bash(CommandLine patop) {
        String commands = visible(patop).stream()
                .filter(Completion::takesMember)
                .map(command -> "*\" " + command.name() + " \"*")
                .collect(Collectors.joining(" | "));
        return AutoComplete.bash("patop", patop)
                + """

                # The members of the live cluster, for the commands that take one. Their names come from outside, and
                # are never expanded, as compgen -W would.
                function _patop_with_members() {
                  _complete_patop "$@"
                  local word=${COMP_WORDS[COMP_CWORD]} before=" " member i
                  [[ $word == -* ]] && return
                  for ((i = 1; i < COMP_CWORD; i++)); do
                    before+="${COMP_WORDS[i]} "
                  done
                  case "$before" in
                    %s)
                      while read -r member; do
                        [[ $member == "$word"* ]] && COMPREPLY+=("$(printf %%q "$member")")
                      done < <(%s)
                      ;;
                  esac
                }
                complete -F _patop_with_members -o default patop
                """
                        .formatted(commands.isEmpty() ? "-" : commands, MEMBERS);
    }

    /** Returns the script for fish. */
    static String fish(CommandLine patop) {
        StringBuilder script = new StringBuilder("# fish completion for patop\ncomplete -c patop -f\n");
        options(script, "__fish_use_subcommand", patop.getCommandSpec());
        for (CommandSpec command : visible(patop)) {
            script.append("complete -c patop -n __fish_use_subcommand -a ")
                    .append(command.name())
                    .append(" -d ")
                    .append(quoted(first(command.usageMessage().description())))
                    .append('\n');
            String seen = "'__fish_seen_subcommand_from " + command.name() + "'";
            if (takesMember(command)) {
                script.append("complete -c patop -n ")
                        .append(seen)
                        .append(" -a \"(")
                        .append(MEMBERS.replace("$", "\\$"))
                        .append(")\"\n");
            }
            options(script, seen, command);
            for (CommandLine second : command.subcommands().values()) {
                script.append("complete -c patop -n ")
                        .append(seen)
                        .append(" -a ")
                        .append(second.getCommandName())
                        .append(" -d ")
                        .append(quoted(
                                first(second.getCommandSpec().usageMessage().description())))
                        .append('\n');
            }
        }
        return script.toString();
    }

    private static void options(StringBuilder script, String condition, CommandSpec command) {
        for (OptionSpec option : command.options()) {
            if (option.hidden()) {
                continue;
            }
            script.append("complete -c patop -n ").append(condition);
            for (String name : option.names()) {
                script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
            }
            if (option.arity().max() > 0) {
                script.append(option.paramLabel().contains("FILE") ? " -r -F" : " -x");
            }
            if (option.completionCandidates() != null) {
                script.append(" -a ")
                        .append(quoted(String.join(
                                " ",
                                StreamSupport.stream(
                                                option.completionCandidates().spliterator(), false)
                                        .map(word -> word.toLowerCase(Locale.ROOT))
                                        .toList())));
            }
            script.append(" -d ").append(quoted(first(option.description()))).append('\n');
        }
    }

    private static List<CommandSpec> visible(CommandLine patop) {
        return patop.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden())
                .toList();
    }

    private static boolean takesMember(CommandSpec command) {
        return command.positionalParameters().stream()
                .anyMatch(parameter -> parameter.paramLabel().contains("MEMBER"));
    }

    private static String first(String... lines) {
        return lines.length == 0 ? "" : lines[0].replace("%n", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
