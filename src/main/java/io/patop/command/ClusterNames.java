package io.patop.command;

import io.patop.cluster.Printable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The cluster's name behind a command, where patronictl takes it. patop asks one cluster, and checks it. */
final class ClusterNames {

    @Parameters(
            arity = "0..*",
            paramLabel = "CLUSTER",
            description = "The cluster's name, which is only checked and may be left out.")
    private List<String> names = new ArrayList<>();

    boolean areGiven() {
        return !names.isEmpty();
    }

    /** Ends the command if it is meant for another cluster. */
    void check(String scope) {
        for (String name : names) {
            if (!name.equals(scope)) {
                throw new Complaint(
                        ExitCode.USAGE,
                        "the cluster there is " + Printable.line(scope) + ", not " + Printable.line(name));
            }
        }
    }
}
