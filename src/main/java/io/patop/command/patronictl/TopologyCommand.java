package io.patop.command.patronictl;

import io.patop.command.patronictl.table.MembersColumn;
import io.patop.command.patronictl.table.MembersTable;
import io.patop.command.shell.Connection;
import io.patop.command.shell.TableFormat;
import io.patop.command.shell.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop topology}: prints the members as a tree, each replica below the one that it follows. */
@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print the members as a tree: who streams from whom.")
public final class TopologyCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Mixin
    private WatchOptions watch;

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            description = "These columns instead, by their names.")
    private List<String> columns = new ArrayList<>();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        MembersTable.Selection selection = new MembersTable.Selection(false, MembersColumn.named(columns));
        Optional<Duration> again = watch.interval();
        CommandContext context = CommandContext.of(connection, command);
        return watch.repeat(
                again,
                context,
                () -> names.each(
                        context.cluster(), listed -> MembersTable.topology(listed, selection, TableFormat.PRETTY)));
    }
}
