package io.patop.command.patronictl;

import io.patop.cluster.Member;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/**
 * The names after a command: the cluster's first, as patronictl wants it, then members. The cluster may be left out,
 * since patop asks one cluster.
 */
final class MemberNames {

    @Parameters(
            arity = "0..*",
            paramLabel = "[CLUSTER] MEMBER",
            description = "The cluster's name, which is only checked and may be left out; then members.")
    private List<String> names = new ArrayList<>();

    /** Returns all names, the cluster's included. */
    List<String> given() {
        return List.copyOf(names);
    }

    /** Returns the named members; empty if none is named. */
    List<String> members(ClusterSnapshot snapshot) {
        return members(names, snapshot);
    }

    /** Returns the members in names that come from elsewhere. */
    static List<String> members(List<String> names, ClusterSnapshot snapshot) {
        List<String> members = snapshot.members().stream().map(Member::name).toList();
        boolean clusterFirst = !names.isEmpty() && names.get(0).equals(snapshot.name());
        List<String> rest = clusterFirst ? names.subList(1, names.size()) : names;
        if (clusterFirst && rest.stream().noneMatch(members::contains)) {
            // As in patronictl: that none of them is a member is told below the table.
            return rest;
        }
        for (String name : rest) {
            if (!members.contains(name)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        Printable.line(name) + " is neither this cluster (" + Printable.line(snapshot.name())
                                + ") nor a member of it ("
                                + members.stream().map(Printable::line).collect(Collectors.joining(", ")) + ")");
            }
        }
        return rest;
    }
}
