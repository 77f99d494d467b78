package io.patop.command.patronictl;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** The cluster's name behind a command, where patronictl takes it. patop asks one cluster, and checks it. */
final class ClusterNames {

    @Parameters(
            arity = "0..*",
            paramLabel = "CLUSTER",
            description = "The cluster's name, which is only checked and may be left out.")
    private List<String> names = new ArrayList<>();

    List<String> given() {
        return List.copyOf(names);
    }

    /** The texts for all clusters named, one after the other; for the one there is, if none is named. */
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

    /** Ends the command if it is meant for another cluster. */
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
