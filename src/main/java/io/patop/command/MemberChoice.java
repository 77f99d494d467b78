package io.patop.command;

import io.patop.cluster.Member;
import io.patop.text.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** Which members a command is for, with patronictl's table and questions (get_members of its ctl.py). */
final class MemberChoice {

    private final CommandContext errand;
    private final String action;
    private final boolean force;

    /**
     * For one command.
     *
     * @param action the word in the questions, e.g. {@code reload}
     * @param force asks nothing
     */
    MemberChoice(CommandContext errand, String action, boolean force) {
        this.errand = errand;
        this.action = action;
        this.force = force;
    }

    /** Those of the role, by name if names are given; else all of them. */
    List<Member> of(ClusterSnapshot survey, List<String> names, RoleChoice role) {
        List<Member> candidates = survey.members().stream().filter(role::fits).toList();
        if (names.isEmpty() && candidates.isEmpty()) {
            throw CommandFailure.ofPatronictl(survey.name() + " cluster doesn't have any members");
        }
        errand.print(survey.table());
        if (names.isEmpty()) {
            return candidates;
        }
        List<Member> chosen = candidates.stream()
                .filter(member -> names.contains(member.name()))
                .toList();
        if (chosen.isEmpty()) {
            throw CommandFailure.ofPatronictl(
                    survey.messages().noneAmongProvided(role, !action.equals(ReinitCommand.ACTION)));
        }
        return chosen;
    }

    /** Asks which one, where none is named. */
    List<Member> oneOf(ClusterSnapshot survey, List<String> names, RoleChoice role) {
        List<Member> candidates = of(survey, names, role);
        if (!names.isEmpty()) {
            return candidates;
        }
        if (force) {
            throw new CommandFailure(ExitCode.USAGE, action + " needs a member's name with --force");
        }
        String answer =
                errand.prompts().ask("Which member do you want to " + action + " [" + names(candidates) + "]?", "");
        List<Member> chosen = candidates.stream()
                .filter(member -> member.name().equals(answer))
                .toList();
        if (chosen.isEmpty()) {
            throw CommandFailure.ofPatronictl(answer + " is not a member of cluster");
        }
        return chosen;
    }

    /** Asks whether it is really meant. */
    void confirm(List<Member> members) {
        if (!force
                && !errand.prompts()
                        .confirm("Are you sure you want to " + action + " members " + names(members) + "?")) {
            throw CommandFailure.ofPatronictl("Aborted " + action);
        }
    }

    static String names(List<Member> members) {
        return members.stream().map(Member::name).map(Printable::line).collect(Collectors.joining(", "));
    }
}
