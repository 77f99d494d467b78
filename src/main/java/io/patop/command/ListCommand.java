package io.patop.command;

import io.patop.patroni.PatroniClient;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patop list}: the members, as the patronictl of the nodes' own version prints them. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print the members, as the nodes' own patronictl does.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "pretty",
            description = "pretty, tsv, json or yaml.")
    private String format;

    @Option(
            names = {"-e", "--extended"},
            description = "Show the columns of rare things even if they are empty.")
    private boolean extended;

    @Option(
            names = {"-t", "--timestamp"},
            description = "Print the time first.")
    private boolean timestamp;

    @Option(
            names = {"-w", "--watch"},
            paramLabel = "SECONDS",
            description = "Print it again every so many seconds, until Ctrl-C.")
    private Double seconds;

    @Option(names = "-W", description = "Print it again every 2 seconds.")
    private boolean everyTwoSeconds;

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            description = "These columns instead, by their names.")
    private List<String> columns = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        TableFormat chosen = TableFormat.named(format)
                .orElseThrow(() -> new Complaint(
                        ExitCode.USAGE,
                        "no format " + format + ": it is one of " + String.join(", ", TableFormat.names())));
        MembersTable.Selection selection = selection();
        Optional<Duration> again = interval();
        PatroniClient patroni = connection.patroni(Threads.pool("patop-http"));
        Cluster cluster = Cluster.of(connection, patroni);
        boolean onTerminal = again.isPresent() && Terminals.output();
        PrintStream out = Output.utf8();
        do {
            long begun = System.nanoTime();
            out.print(Repeating.frame(text(cluster, selection, chosen), onTerminal));
            if (out.checkError()) {
                return ExitCode.DONE;
            }
            if (again.isPresent()) {
                Thread.sleep(Math.max(0, again.get().toMillis() - (System.nanoTime() - begun) / 1_000_000));
            }
        } while (again.isPresent());
        return ExitCode.DONE;
    }

    private String text(Cluster cluster, MembersTable.Selection selection, TableFormat chosen) {
        String time = timestamp ? Repeating.timestamp(Instant.now(), ZoneId.systemDefault()) : "";
        return time + MembersTable.list(cluster.list(), selection, chosen);
    }

    private Optional<Duration> interval() {
        try {
            return Repeating.interval(
                    seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds), everyTwoSeconds);
        } catch (IllegalArgumentException wrong) {
            throw new Complaint(ExitCode.USAGE, wrong.getMessage());
        }
    }

    private MembersTable.Selection selection() {
        List<MembersColumn> chosen = new ArrayList<>();
        for (String name : columns) {
            chosen.add(MembersColumn.named(name)
                    .orElseThrow(() -> new Complaint(ExitCode.USAGE, "there is no column " + name)));
        }
        return new MembersTable.Selection(extended, chosen);
    }
}
