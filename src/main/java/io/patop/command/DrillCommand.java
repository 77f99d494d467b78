package io.patop.command;

import io.patop.cluster.Failure;
import io.patop.command.live.DrillController;
import io.patop.command.live.EvidenceFolder;
import io.patop.command.live.LiveSession;
import io.patop.command.live.SimulatedFaults;
import io.patop.command.patronictl.Cluster;
import io.patop.command.random.RandomDrillOptions;
import io.patop.command.random.RandomDrillReports;
import io.patop.command.random.ReportedRandomDrill;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Force;
import io.patop.command.shell.Output;
import io.patop.command.shell.ProbeOptions;
import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.Terminals;
import io.patop.command.shell.Threads;
import io.patop.command.shell.Version;
import io.patop.control.FaultInjector;
import io.patop.control.fault.EngineFaults;
import io.patop.control.journal.Journal;
import io.patop.control.journal.JournalFiles;
import io.patop.control.place.ProgramFaults;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.drill.DrillPlan;
import io.patop.drill.DrillReport;
import io.patop.drill.DrillRunner;
import io.patop.drill.Evidence;
import io.patop.drill.PlannedFault;
import io.patop.drill.Readiness;
import io.patop.drill.TextReport;
import io.patop.haproxy.ProxyEndpoint;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.probe.Clients;
import io.patop.probe.Dsn;
import io.patop.probe.ProbeSettings;
import io.patop.probe.SqlClients;
import io.patop.recording.Recorder;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.source.LogReader;
import io.patop.watch.source.PollInterval;
import io.patop.watch.source.ProbeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop drill}: breaks the cluster on purpose, measures, restores, repeats, and reports. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A failover drill: break the cluster on purpose, measure how long nobody can write and whether an"
                + " acknowledged write is lost, put it right again, repeat, and report. Ctrl-C puts right what is"
                + " broken first.%nExit code 0: every run met the goals; 1: one did not, or the cluster is not ready;"
                + " 3: it was out of reach.")
final class DrillCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(100);

    /** Longest wait for the first answer of the cluster, on a machine that may be busy. */
    private static final Duration FIRST_WORD = Duration.ofSeconds(60);

    /** Longest wait, after the first answer, until the cluster is ready for a drill. */
    private static final Duration READY = Duration.ofSeconds(20);

    @Mixin
    private DrillOptions drill;

    @Mixin
    private RandomDrillOptions randomly;

    @Mixin
    private ProbeOptions probe;

    @Mixin
    private ProxyOptions haproxy;

    @Mixin
    private Connection connection;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the report there too, in the format of the extension: .txt, .md, .json, .xml (JUnit)"
                    + " or .svg. Repeatable.")
    private List<Path> reports = new ArrayList<>();

    @Mixin
    private Force force;

    @Mixin
    private ReadOnly readOnly;

    @Option(names = "--demo", description = "Drill a built-in simulated cluster: nothing needs to be installed.")
    private boolean demo;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            description =
                    "How many times faster than real the simulated cluster's clock runs, 0.01 to 1000. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the simulated cluster's chance, and of --random. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Spec
    private CommandSpec command;

    private final CountDownLatch over = new CountDownLatch(1);
    private Evidence evidence = Evidence.NONE;
    private volatile Optional<Failure> unwritable = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        randomly.check(command.commandLine().getParseResult(), demo);
        DrillPlan plan = drill.plan();
        if (randomly.isGiven()) {
            reports.forEach(DrillReports::require);
            reports.forEach(RandomDrillReports::require);
            ReportedRandomDrill reported =
                    new ReportedRandomDrill(randomly, seed, drill.randomClients(), drill.patience(), reports);
            return demo ? reported.onSimulation() : randomlyOnCluster(reported);
        }
        drill.requireClients();
        reports.forEach(DrillReports::require);
        readOnly.check();
        force.requireAnswer();
        return demo ? onSimulation(plan) : onCluster(plan);
    }

    private int onCluster(DrillPlan plan) throws InterruptedException {
        ProbeSettings settings = probe.required(System.getenv());
        JournalFiles journal = FaultJournal.of(command);
        DockerClient docker = connection.docker();
        Recorder recorder = new Recorder(Version.number(), why -> System.err.println("patop: " + why));
        boolean injected = plan.faults().stream().anyMatch(PlannedFault::isInjected);
        try (recorder;
                LiveSession watching = watching(docker, faults(injected, journal), journal)) {
            watching.session().tap(recorder);
            evidence = new EvidenceFolder(
                    FaultJournal.evidence(journal),
                    new LogReader(docker.logs()),
                    Optional.of(recorder),
                    watching.clock());
            return drill(plan, watching, settings, () -> {});
        }
    }

    private LiveSession watching(DockerClient docker, FaultInjector faults, Journal journal) {
        PatroniClient patroni = connection.patroni(Threads.pool("patop-http"));
        List<ApiUrl> urls = connection.isGiven() ? connection.givenUrls() : Cluster.found(connection, patroni);
        return new LiveSession(
                patroni,
                docker,
                urls,
                connection.urlsByMember(),
                pace(),
                new LiveSession.Extras(faults, haproxy.proxies(), Optional.empty(), journal, Optional.empty()));
    }

    private int randomlyOnCluster(ReportedRandomDrill reported) throws InterruptedException {
        readOnly.check();
        force.requireAnswer();
        ProbeSettings settings = probe.required(System.getenv());
        JournalFiles journal = FaultJournal.of(command);
        try (LiveSession watching = watching(connection.docker(), faults(true, journal), journal)) {
            watching.start();
            awaitReadiness(watching, ReportedRandomDrill::troubles, () -> false);
            if (!isConfirmed("again and again, at random", watching.session().dashboard())) {
                return ExitCode.FAILED;
            }
            return reported.onCluster(watching, settings);
        }
    }

    /**
     * The faults that there may be: by what the cluster's entry names, else by Docker; asks for what those need that
     * are none of Docker's own verbs.
     *
     * @param injected whether there may be such
     */
    private FaultInjector faults(boolean injected, Journal journal) {
        Optional<ProgramFaults> programs = ClusterFaults.of(command, journal);
        if (programs.isPresent()) {
            return programs.get();
        }
        if (!injected) {
            return FaultInjector.NONE;
        }
        EngineFaults faults = new EngineFaults(
                connection.patientDocker(),
                journal,
                System.getenv().getOrDefault("PATOP_IMAGE", "patop"),
                Clock.systemUTC());
        faults.means().lookForAll();
        return faults;
    }

    private int onSimulation(DrillPlan plan) throws IOException, InterruptedException {
        try (SimulatedCluster cluster = SimulatedCluster.start(
                SimulationOptions.defaults().withScope("demo").withSpeed(speed).withSeed(seed))) {
            List<ApiUrl> urls = cluster.nodes().stream()
                    .map(node -> new ApiUrl(node.rest()))
                    .toList();
            PatroniClient patroni = new PatroniClient(Threads.pool("patop-http"), PatroniClient.Bounds.DEFAULT);
            DockerClient docker = DockerClient.of(new DockerEndpoint.Unix(cluster.dockerSocket()));
            try (LiveSession watching = new LiveSession(
                    patroni,
                    docker,
                    urls,
                    Map.of(),
                    pace(),
                    new LiveSession.Extras(
                            new SimulatedFaults(cluster),
                            ProxyOptions.Proxies.only(new ProxyEndpoint.Unix(cluster.haproxySocket())),
                            Optional.empty()))) {
                return drill(plan, watching, simulated(cluster), cluster::close);
            }
        } catch (SimulationException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    private ProbeSettings simulated(SimulatedCluster cluster) {
        ProbeSettings asked = probe.required(
                Map.of("PGHOST", "127.0.0.1", "PGPORT", String.valueOf(cluster.databasePort()), "PGUSER", "patop"));
        return new ProbeSettings(
                Dsn.parse("postgresql://patop@127.0.0.1:" + cluster.databasePort() + "/postgres", Map.of()),
                asked.table(),
                true,
                asked.rate(),
                asked.connectTimeout(),
                asked.socketTimeout(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Returns a poll interval that is short enough to see a fault when it strikes; it is shorter still while
     * something happens.
     */
    private static PollInterval pace() {
        return new PollInterval(Duration.ofMillis(500));
    }

    private int drill(DrillPlan asked, LiveSession watching, ProbeSettings settings, Runnable last)
            throws InterruptedException {
        DrillPlan plan = asked.with(watching.faults());
        if (!plan.equals(asked)) {
            System.err.println("patop: whatever runs the members here starts a killed one again at once, so kill is"
                    + " done as crash");
        }
        try (ProbeSource source = new ProbeSource(
                () -> ProbeOptions.probe(settings, watching.clock()),
                watching.sink(),
                false,
                Threads.scheduler("patop-probe-source"))) {
            watching.session().tap((before, observation) -> {
                if (observation instanceof Observation.ProbeEnded ended) {
                    unwritable = ended.why();
                }
            });
            watching.start();
            source.start();
            // First: the reason why the probe ended is reported before it ends, so the dashboard that is read next
            // holds it.
            awaitReadiness(
                    watching,
                    dashboard -> Readiness.troubles(plan, dashboard, watching.faults()),
                    () -> source.awaitEnd(Duration.ZERO));
            if (!isConfirmed(plan, watching.session().dashboard())) {
                return ExitCode.FAILED;
            }
            Optional<Clients> clients = clients(settings, watching.clock());
            try {
                return run(plan, watching, source, clients, last);
            } finally {
                clients.ifPresent(Clients::close);
            }
        }
    }

    private Optional<Clients> clients(ProbeSettings settings, Clock clock) {
        return drill.clients() == 0
                ? Optional.empty()
                : Optional.of(SqlClients.start(settings, drill.clients(), clock, Threads.named("patop-client")));
    }

    /** Something that is waited for. */
    private interface Ending {
        boolean isThere() throws InterruptedException;
    }

    private void awaitReadiness(LiveSession watching, Function<Dashboard, List<String>> wanting, Ending ending)
            throws InterruptedException {
        Instant end = watching.clock().instant().plus(FIRST_WORD);
        boolean heard = false;
        while (true) {
            boolean hopeless = ending.isThere();
            Dashboard dashboard = watching.session().dashboard();
            if (!heard && isHeard(dashboard.clusterApi())) {
                heard = true;
                end = watching.clock().instant().plus(READY);
            }
            List<String> troubles = wanting.apply(dashboard);
            if (troubles.isEmpty()) {
                return;
            }
            if (hopeless || watching.clock().instant().isAfter(end)) {
                throw refusal(dashboard, troubles);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    /** Returns whether the cluster has answered or plainly refused; silence may come from a busy machine. */
    private static boolean isHeard(Dashboard.ClusterApi api) {
        return api.lastAnswer().isPresent()
                || (api instanceof Dashboard.ClusterApi.Failing failing
                        && failing.failure().kind() != Failure.Kind.TIMED_OUT);
    }

    private CommandFailure refusal(Dashboard dashboard, List<String> troubles) {
        if (dashboard.clusterApi().lastAnswer().isEmpty()
                && dashboard.clusterApi() instanceof Dashboard.ClusterApi.Failing failing) {
            return new CommandFailure(
                    ExitCode.UNREACHABLE, Printable.line(failing.failure().message()));
        }
        String all = troubles.stream().limit(3).map(Printable::line).collect(Collectors.joining("; "));
        return new CommandFailure(
                unwritable.filter(DrillCommand::isUnreachable).isPresent() ? ExitCode.UNREACHABLE : ExitCode.FAILED,
                "nothing was broken: " + all
                        + (troubles.size() > 3 ? " (and " + (troubles.size() - 3) + " more)" : ""));
    }

    private static boolean isUnreachable(Failure failure) {
        return switch (failure.kind()) {
            case REFUSED, TIMED_OUT, UNRESOLVED, UNREACHABLE, BROKEN_OFF -> true;
            default -> false;
        };
    }

    private boolean isConfirmed(DrillPlan plan, Dashboard dashboard) {
        int runs = plan.turns(dashboard.members().keySet()).size();
        return isConfirmed((runs == 1 ? "once" : runs + " times") + ": " + plan.text(), dashboard);
    }

    /** Whether the person says yes, or has said so by an option; says on standard error if not. */
    private boolean isConfirmed(String what, Dashboard dashboard) {
        if (force.isGiven()) {
            return true;
        }
        String leader = dashboard.leadership().present().orElse("nobody");
        System.out.println("This breaks cluster "
                + Printable.line(dashboard.identity().scope().orElse("of unknown name"))
                + (demo ? " (simulated)" : "") + " on purpose, " + Printable.line(what) + ".");
        System.out.println(
                "The leader is " + Printable.line(leader) + ". Nobody can write until another has taken over.");
        System.out.print("Each time it is put right again. Go on? [y/N] ");
        System.out.flush();
        Scanner keyboard = new Scanner(System.in, Terminals.charset());
        String answer = keyboard.hasNextLine() ? keyboard.nextLine().strip().toLowerCase(Locale.ROOT) : "";
        boolean confirmed = answer.equals("y") || answer.equals("yes");
        if (!confirmed) {
            System.err.println("patop: nothing was done");
        }
        return confirmed;
    }

    /** Runs the drill. A signal ends it as Ctrl-C does: the faults are repaired, then the process ends. */
    private int run(DrillPlan plan, LiveSession watching, ProbeSource source, Optional<Clients> clients, Runnable last)
            throws InterruptedException {
        DrillController drilling = new DrillController(
                watching.session(),
                watching.actor(),
                source::finish,
                watching.faults(),
                evidence,
                number -> Optional.empty(),
                watching.clock());
        Thread wayOut = new Thread(
                () -> {
                    drilling.close();
                    awaitReport();
                    last.run();
                },
                "patop-drill-end");
        Runtime.getRuntime().addShutdownHook(wayOut);
        try {
            DrillLines lines = new DrillLines(ZoneId.systemDefault());
            Queue<String> news = new ConcurrentLinkedQueue<>();
            watching.session().listen(dashboard -> news.addAll(lines.news(dashboard)));
            DrillRunner runner = drilling.start(plan, clients).orElseThrow();
            PrintStream out = Output.utf8();
            follow(runner, drilling, watching, news, out);
            DrillReport report = runner.report().orElseThrow();
            out.print("\n" + TextReport.of(report));
            if (demo) {
                out.print("(simulated" + (speed == 1 ? "" : ", " + speed + " times as fast as real") + ")\n");
            }
            boolean closed = out.checkError();
            boolean unwritten = false;
            for (Path file : reports) {
                Optional<String> failure = DrillReports.write(report, file);
                failure.ifPresent(why -> System.err.println("patop: " + why));
                unwritten |= failure.isPresent();
            }
            return report.isMet() && !unwritten && !closed ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            over.countDown();
        }
    }

    private void awaitReport() {
        try {
            boolean unused = over.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Prints a line for each phase; on a terminal the last line shows the drill's present state. */
    private void follow(
            DrillRunner runner, DrillController drilling, LiveSession watching, Queue<String> news, PrintStream out)
            throws InterruptedException {
        boolean live = Terminals.output();
        String clear = live ? "\r\u001b[K" : "";
        boolean ended = false;
        while (!ended) {
            ended = runner.await(LOOK);
            StringBuilder text = new StringBuilder();
            for (String line = news.poll(); line != null; line = news.poll()) {
                text.append(clear).append(line).append('\n');
            }
            if (live) {
                text.append(clear)
                        .append(
                                ended
                                        ? ""
                                        : DrillLines.now(
                                                watching.session().dashboard(),
                                                watching.clock().instant()));
            }
            out.print(text);
            if (!text.isEmpty() && out.checkError()) {
                drilling.cancel();
            }
        }
    }
}
