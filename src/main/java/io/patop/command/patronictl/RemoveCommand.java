package io.patop.command.patronictl;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code patop remove}: says why only patronictl can do this. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Remove a cluster from the DCS: left to patronictl.")
public final class RemoveCommand implements Callable<Integer> {

    @Unmatched
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        String name =
                words.stream().filter(word -> !word.startsWith("-")).findFirst().orElse("CLUSTER");
        throw new CommandFailure(
                ExitCode.USAGE,
                "remove deletes the cluster's keys in the DCS, which no REST API does: on a node, patronictl remove "
                        + name);
    }
}
