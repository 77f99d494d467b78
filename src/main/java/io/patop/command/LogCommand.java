package io.patop.command;

import io.patop.cluster.Answer;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        List<MemberLogs.Said> said = new ArrayList<>();
        int failed = 0;
        for (String member : whose) {
            Answer<LogLines> answer = reader.read(first, member, LogSpan.last(lines));
            failed += answer.failure().isPresent() ? 1 : 0;
            complain(member, answer);
            said.addAll(said(member, answer));
        }
        write(why ? LogSource.explaining(said) : LogSource.inOrder(said), whose.size() > 1, out);
        if (follow && failed < whose.size()) {
            follow(reader, docker, first, whose, said, out);
        }
        return out.checkError() || failed > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** Goes on until nobody reads what is printed; each log has a time of its own up to which it has been read. */
    private void follow(
            LogReader reader,
            DockerClient docker,
            Dashboard first,
            List<String> whose,
            List<MemberLogs.Said> before,
            PrintStream out)
            throws InterruptedException {
        Map<String, Instant> after = new HashMap<>();
        Map<String, String> repeated = new HashMap<>();
        List<MemberLogs.Said> unused = LogSource.explaining(before, repeated);
        newest(before, after);
        Dashboard dashboard = first;
        while (!out.checkError()) {
            TimeUnit.SECONDS.sleep(1);
            // A member's container may be another one by now.
            dashboard = MemberFault.withDocker(dashboard, docker);
            List<MemberLogs.Said> more = new ArrayList<>();
            for (String member : whose) {
                LogSpan span = new LogSpan(
                        LogSpan.MOST_LINES,
                        Optional.ofNullable(after.get(member)).map(at -> at.plusNanos(1)),
                        Optional.empty());
                more.addAll(said(member, reader.read(dashboard, member, span)));
            }
            newest(more, after);
            write(why ? LogSource.explaining(more, repeated) : LogSource.inOrder(more), whose.size() > 1, out);
        }
    }

    private static void complain(String member, Answer<LogLines> answer) {
        answer.failure()
                .ifPresent(
                        failure -> System.err.println(Printable.line("patop: " + member + ": " + failure.message())));
        answer.value().stream()
                .flatMap(log -> log.troubles().stream())
                .forEach(trouble -> System.err.println(Printable.line("patop: " + member + ": " + trouble)));
    }

    private static List<MemberLogs.Said> said(String member, Answer<LogLines> answer) {
        return answer.value().map(LogLines::lines).orElse(List.of()).stream()
                .map(line -> MemberLogs.Said.of(member, line))
                .toList();
    }

    private static void newest(List<MemberLogs.Said> said, Map<String, Instant> after) {
        said.forEach(one -> one.line()
                .at()
                .ifPresent(at -> after.merge(one.member(), at, (old, now) -> old.isAfter(now) ? old : now)));
    }

    private static void write(List<MemberLogs.Said> said, boolean several, PrintStream out) {
        for (MemberLogs.Said one : said) {
            out.println(
                    several
                            ? clock(one.line()) + " " + Printable.line(one.member()) + " " + one.text()
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
