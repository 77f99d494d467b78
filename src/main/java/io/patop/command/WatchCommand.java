package io.patop.command;

import io.patop.command.live.EventFormat;
import io.patop.command.live.LiveSession;
import io.patop.command.patronictl.Cluster;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.Output;
import io.patop.command.shell.PaceOption;
import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.Threads;
import io.patop.command.shell.Version;
import io.patop.control.FaultInjector;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.WatchedMember;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patop watch}: prints the dashboard's events as they happen, one line each, for a log or a pipe. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print what happens, one line an event, until Ctrl-C.")
final class WatchCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ProxyOptions haproxy;

    @Mixin
    private PaceOption pace;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            completionCandidates = OptionValues.LineFormats.class,
            description = "text or json, one object a line. Default: ${DEFAULT-VALUE}.")
    private EventFormat format;

    @Override
    public Integer call() throws InterruptedException {
        PatroniClient patroni = connection.patroni(Threads.pool("patop-http"));
        List<ApiUrl> urls = connection.isGiven() ? connection.givenUrls() : Cluster.found(connection, patroni);
        BlockingQueue<Dashboard> dashboards = new LinkedBlockingQueue<>();
        try (LiveSession watching = new LiveSession(
                patroni,
                connection.docker(),
                urls,
                connection.urlsByMember(),
                pace.pace(),
                new LiveSession.Extras(FaultInjector.NONE, haproxy.proxies(), Optional.empty()))) {
            watching.session().listen(dashboards::add);
            watching.start();
            return print(dashboards);
        }
    }

    private int print(BlockingQueue<Dashboard> dashboards) throws InterruptedException {
        PrintStream out = Output.utf8();
        long printed = 0;
        boolean begun = false;
        while (true) {
            Dashboard dashboard = dashboards.take();
            if (!begun && isKnown(dashboard)) {
                begun = true;
                System.err.println("patop: watching "
                        + Printable.line(dashboard.identity().scope().orElse("the cluster")) + ": "
                        + dashboard.members().size() + " members");
            }
            long news = dashboard.eventsSeen() - printed;
            List<Event> events = dashboard.events();
            for (Event event : events.subList((int) Math.max(0, events.size() - news), events.size())) {
                out.println(format.line(event));
            }
            printed = dashboard.eventsSeen();
            if (news > 0 && out.checkError()) {
                return ExitCode.DONE;
            }
        }
    }

    /** Returns whether the members are listed and a node has told the cluster's name or failed to. */
    private static boolean isKnown(Dashboard dashboard) {
        boolean told = dashboard.identity().scope().isPresent()
                || dashboard.members().values().stream().anyMatch(WatchedMember::isSilent);
        return told && !dashboard.members().isEmpty();
    }
}
