package io.patop.command.patronictl;

import io.patop.cluster.Member;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.RoleChoice;
import io.patop.text.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** Chooses the members that a command is for, with patronictl's table and questions (get_members of its ctl.py). */
final class MemberChoice {

    private final CommandContext context;
    private final String action;
    private final boolean force;

    /**
     * Makes the choice for one command.
     *
     * @param action the word in the questions, e.g. {@code reload}
     * @param force whether nothing is asked
     */
    MemberChoice(CommandContext context, String action, boolean force) {
        this.context = context;
        this.action = action;
        this.force = force;
    }

    /** Returns the members of the role: those named, or all of them if no names are given. */
    List<Member> of(ClusterSnapshot snapshot, List<String> names, RoleChoice role) {
        List<Member> candidates = snapshot.members().stream().filter(role::fits).toList();
        if (names.isEmpty() && candidates.isEmpty()) {
            throw CommandFailure.ofPatronictl(snapshot.name() + " cluster doesn't have any members");
        }
        context.print(snapshot.table());
        if (names.isEmpty()) {
            return candidates;
        }
        List<Member> chosen = candidates.stream()
                .filter(member -> names.contains(member.name()))
                .toList();
        if (chosen.isEmpty()) {
            throw CommandFailure.ofPatronictl(
                    snapshot.messages().noneAmongProvided(role, !action.equals(ReinitCommand.ACTION)));
        }
        return chosen;
    }

    /** Returns one member; asks which one if none is named. */
    List<Member> oneOf(ClusterSnapshot snapshot, List<String> names, RoleChoice role) {
        List<Member> candidates = of(snapshot, names, role);
        if (!names.isEmpty()) {
            return candidates;
        }
        if (force) {
            throw new CommandFailure(ExitCode.USAGE, action + " needs a member's name with --force");
        }
        String answer =
                context.prompts().ask("Which member do you want to " + action + " [" + names(candidates) + "]?", "");
        List<Member> chosen = candidates.stream()
                .filter(member -> member.name().equals(answer))
                .toList();
        if (chosen.isEmpty()) {
            throw CommandFailure.ofPatronictl(answer + " is not a member of cluster");
        }
        return chosen;
    }

    /** Asks for confirmation. */
    void confirm(List<Member> members) {
        if (!force
                && !context.prompts()
                        .confirm("Are you sure you want to " + action + " members " + names(members) + "?")) {
            throw CommandFailure.ofPatronictl("Aborted " + action);
        }
    }

    static String names(List<Member> members) {
        return members.stream().map(Member::name).map(Printable::line).collect(Collectors.joining(", "));
    }
}
