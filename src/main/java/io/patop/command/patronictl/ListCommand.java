package io.patop.command.patronictl;

import io.patop.command.patronictl.table.MembersColumn;
import io.patop.command.patronictl.table.MembersTable;
import io.patop.command.shell.Connection;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.TableFormat;
import io.patop.command.shell.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop list}: prints the members as the patronictl of the nodes' own version does. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print the members, as the nodes' own patronictl does.")
public final class ListCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "pretty",
            completionCandidates = OptionValues.TableFormats.class,
            description = "pretty, tsv, json or yaml. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Option(
            names = {"-e", "--extended"},
            description = "Show the columns of rare things even if they are empty.")
    private boolean extended;

    @Option(
            names = {"-t", "--timestamp"},
            description = "Print the time first.")
    private boolean timestamp;

    @Mixin
    private WatchOptions watch;

    @Mixin
    private ClusterNames names;

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
        TableFormat chosen = TableFormat.chosen(format);
        MembersTable.Selection selection = new MembersTable.Selection(extended, MembersColumn.named(columns));
        Optional<Duration> again = watch.interval();
        CommandContext context = CommandContext.of(connection, command);
        return watch.repeat(again, context, () -> {
            String time = timestamp ? Repeating.timestamp(Instant.now(), ZoneId.systemDefault()) : "";
            return time + names.each(context.cluster(), listed -> MembersTable.list(listed, selection, chosen));
        });
    }
}
