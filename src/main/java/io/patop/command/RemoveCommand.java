package io.patop.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code patop remove}: says why it is patronictl's. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Remove a cluster from the DCS: left to patronictl.")
final class RemoveCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", hidden = true)
    private List<String> words = List.of();

    @Unmatched
    private List<String> options = List.of();

    @Override
    public Integer call() {
        String name = words.isEmpty() ? "CLUSTER" : words.get(0);
        throw new Complaint(
                ExitCode.USAGE,
                "remove deletes the cluster's keys in the DCS, which no REST API does: on a node, patronictl remove "
                        + name);
    }
}
