package io.patop.command.patronictl;

import io.patop.command.patronictl.table.ListedCluster;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** The cluster names after a command, as patronictl takes them. patop asks one cluster, and checks its name. */
final class ClusterNames {

    @Parameters(
            arity = "0..*",
            paramLabel = "CLUSTER",
            description = "The cluster's name, which is only checked and may be left out.")
    private List<String> names = new ArrayList<>();

    List<String> given() {
        return List.copyOf(names);
    }

    /** Returns the texts of all named clusters one after the other; of the only cluster if none is named. */
    String each(Cluster cluster, Function<ListedCluster, String> text) {
        if (names.isEmpty()) {
            return text.apply(cluster.list());
        }
        return names.stream()
                .map(name -> {
                    ListedCluster listed = cluster.named(name).list();
                    check(name, listed.name());
                    return text.apply(listed);
                })
                .collect(Collectors.joining());
    }

    /** Fails if the command is meant for another cluster. */
    void check(String scope) {
        names.forEach(name -> check(name, scope));
    }

    private static void check(String name, String scope) {
        if (!name.equals(scope)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "the cluster there is " + Printable.line(scope) + ", not " + Printable.line(name));
        }
    }
}
