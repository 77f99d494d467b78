package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.command.patronictl.Cluster;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Output;
import io.patop.command.shell.Threads;
import io.patop.command.shell.Version;
import io.patop.docker.DockerClient;
import io.patop.docker.LogLine;
import io.patop.docker.LogLines;
import io.patop.docker.LogSpan;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.LogReader;
import io.patop.watch.source.LogSource;
import io.patop.watch.source.MemberLogs;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patop log MEMBER}: prints the last lines of a member's log from Docker. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Print the last lines of a member's log, from Docker: of its service's tasks, those that have ended"
                        + " included, or of its container.")
final class LogCommand implements Callable<Integer> {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Mixin
    private Connection connection;

    @Parameters(
            arity = "0..*",
            paramLabel = "MEMBER",
            description = "A member by Patroni's name for it; several are put in the order of time. One that has left"
                    + " the cluster is found by its service's or container's name. With --why all without a name.")
    private List<String> members = new ArrayList<>();

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many lines of each member are read, 1 to 10000. Default: ${DEFAULT-VALUE}.")
    private int lines;

    @Option(
            names = "--why",
            description =
                    "Of these lines only those that tell of a change of leader: who demoted and why, who did not take"
                            + " over and why, the end of pg_rewind.")
    private boolean why;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with the lines that come, until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
        if (lines < 1 || lines > LogSpan.MOST_LINES) {
            throw new CommandFailure(ExitCode.USAGE, "-n takes 1 to " + LogSpan.MOST_LINES + " lines, not " + lines);
        }
        if (members.isEmpty() && !why) {
            throw new CommandFailure(ExitCode.USAGE, "say the member: patop log MEMBER");
        }
        try (DockerClient docker = connection.docker()) {
            Dashboard dashboard = MemberFault.withDocker(
                    Cluster.of(connection, connection.patroni(Threads.pool("patop-http")))
                            .survey()
                            .dashboard(),
                    docker);
            List<String> whose =
                    members.isEmpty() ? List.copyOf(dashboard.members().keySet()) : List.copyOf(members);
            return print(new LogReader(docker.logs()), docker, dashboard, whose);
        }
    }

    private int print(LogReader reader, DockerClient docker, Dashboard first, List<String> whose)
            throws InterruptedException {
        PrintStream out = Output.utf8();
        List<Failure> failures = new ArrayList<>();
        List<MemberLogs.Said> said = read(reader, first, whose, LogSpan.last(lines), failures);
        write(said, whose.size() > 1, out);
        if (failures.size() == whose.size()) {
            return ExitCode.FAILED;
        }
        Dashboard dashboard = first;
        Instant after = newest(said, Instant.EPOCH);
        while (follow && !out.checkError()) {
            TimeUnit.SECONDS.sleep(1);
            // A member's container may be another one by now.
            dashboard = MemberFault.withDocker(dashboard, docker);
            LogSpan span = new LogSpan(LogSpan.MOST_LINES, Optional.of(after.plusNanos(1)), Optional.empty());
            List<MemberLogs.Said> more = read(reader, dashboard, whose, span, new ArrayList<>());
            write(more, whose.size() > 1, out);
            after = newest(more, after);
        }
        boolean unused = out.checkError();
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Reads the logs, and tells what could not be read. */
    private List<MemberLogs.Said> read(
            LogReader reader, Dashboard dashboard, List<String> whose, LogSpan span, List<Failure> failures) {
        List<MemberLogs.Said> said = new ArrayList<>();
        for (String member : whose) {
            Answer<LogLines> answer = reader.read(dashboard, member, span);
            answer.failure().ifPresent(failure -> {
                failures.add(failure);
                System.err.println(Printable.line("patop: " + member + ": " + failure.message()));
            });
            answer.value().ifPresent(log -> {
                log.troubles()
                        .forEach(trouble -> System.err.println(Printable.line("patop: " + member + ": " + trouble)));
                log.lines().forEach(line -> said.add(MemberLogs.Said.of(member, line)));
            });
        }
        return why ? LogSource.explaining(said) : LogSource.inOrder(said);
    }

    private static Instant newest(List<MemberLogs.Said> said, Instant before) {
        return said.stream()
                .flatMap(one -> one.line().at().stream())
                .reduce(before, (one, other) -> one.isAfter(other) ? one : other);
    }

    private static void write(List<MemberLogs.Said> said, boolean several, PrintStream out) {
        for (MemberLogs.Said one : said) {
            out.println(
                    several
                            ? clock(one.line()) + " " + Printable.line(one.member()) + " " + one.words()
                            : one.line().text());
        }
        out.flush();
    }

    private static String clock(LogLine line) {
        return line.at()
                .map(at -> CLOCK.format(at.atZone(ZoneId.systemDefault())))
                .orElse("        ");
    }
}
