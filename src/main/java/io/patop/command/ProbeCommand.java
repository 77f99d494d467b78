package io.patop.command;

import io.patop.cluster.Failure;
import io.patop.command.live.EventFormat;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.DisplayOptions;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.Output;
import io.patop.command.shell.ProbeOptions;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.Terminals;
import io.patop.command.shell.Threads;
import io.patop.command.shell.Version;
import io.patop.probe.ProbeSettings;
import io.patop.probe.SqlProbe;
import io.patop.text.Printable;
import io.patop.time.SteadyClock;
import io.patop.watch.Session;
import io.patop.watch.SuspendDetector;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.source.ProbeSource;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patop probe}: runs the write probe alone. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Write numbered rows at a steady rate, tell when nobody can write and for how long, and read all"
                + " back: was an acknowledged one lost? Until Ctrl-C, --duration or --count.%nExit code 0: nothing is"
                + " lost; 1: something is, or the database refused the probe; 3: it was out of reach.")
final class ProbeCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(200);

    @Mixin
    private ProbeOptions options;

    @Mixin
    private DisplayOptions looks;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            completionCandidates = OptionValues.LineFormats.class,
            description = "text or json, one object a line. Default: ${DEFAULT-VALUE}.")
    private EventFormat format;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "End after so long.")
    private Optional<Double> seconds = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "End after so many writes.")
    private Optional<Long> count = Optional.empty();

    @Option(names = "--cleanup", description = "Drop the probe's table, and do nothing else.")
    private boolean cleanup;

    @Mixin
    private ReadOnly readOnly;

    private final SteadyClock clock = SteadyClock.system();
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        readOnly.check();
        ProbeSettings given = options.required(System.getenv());
        if (seconds.filter(span -> !(span > 0 && span <= 1e9)).isPresent()
                || count.filter(n -> n < 1).isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, "--duration and --count are more than nothing");
        }
        ProbeSettings settings = count.map(given::withCount).orElse(given);
        if (cleanup) {
            SqlProbe.cleanUp(settings).ifPresent(failure -> {
                throw complaint(failure);
            });
            System.err.println("patop: table " + settings.table() + " is dropped");
            return ExitCode.DONE;
        }
        Session session = new Session();
        AtomicReference<Optional<Failure>> why = new AtomicReference<>(Optional.empty());
        Consumer<Observation> sink = observation -> {
            if (observation instanceof Observation.ProbeStarted started) {
                System.err.println(
                        "patop: writing to " + Printable.line(started.target().text()) + " into " + settings.table()
                                + ", " + settings.rate() + " times a second");
            } else if (observation instanceof Observation.ProbeEnded ended) {
                why.set(ended.why());
            }
            session.accept(observation);
        };
        SuspendDetector suspends = new SuspendDetector(sink, clock, Threads.scheduler("patop-suspends"));
        suspends.start();
        try (ProbeSource source = new ProbeSource(
                () -> ProbeOptions.probe(settings, clock), suspends, false, Threads.scheduler("patop-probe-source"))) {
            return run(session, suspends, source, why::get);
        }
    }

    /** Runs the probe. A signal ends the run as the end of its time does: with a verdict and its exit code. */
    private int run(Session session, SuspendDetector suspends, ProbeSource source, Supplier<Optional<Failure>> why)
            throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        int[] code = {ExitCode.FAILED};
        Thread ending = new Thread(
                () -> {
                    interrupted.countDown();
                    if (done.getCount() > 0 && await(done)) {
                        Runtime.getRuntime().halt(code[0]);
                    }
                },
                "patop-probe-end");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            source.start();
            code[0] = watch(session, suspends, source, why);
            return code[0];
        } finally {
            System.out.flush();
            done.countDown();
        }
    }

    private static boolean await(CountDownLatch done) {
        try {
            done.await();
            return true;
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int watch(Session session, SuspendDetector suspends, ProbeSource source, Supplier<Optional<Failure>> why)
            throws InterruptedException {
        PrintStream out = Output.utf8();
        Optional<LiveLine> live = format == EventFormat.TEXT && Terminals.output()
                ? Optional.of(new LiveLine(looks.glyphs(Terminals.charset())))
                : Optional.empty();
        Instant began = clock.instant();
        long printed = 0;
        boolean ended = false;
        while (!ended) {
            boolean stop = interrupted.await(LOOK.toMillis(), TimeUnit.MILLISECONDS) || isOver(began);
            if (stop) {
                source.finish();
            }
            ended = stop || source.awaitEnd(Duration.ZERO);
            suspends.look();
            Dashboard dashboard = session.dashboard();
            printed = print(out, dashboard, printed, live);
            // A closed pipe ends the run quietly.
            ended |= out.checkError();
        }
        live.ifPresent(line -> out.print(line.gone()));
        return conclude(out, session.dashboard().probe(), why.get());
    }

    private boolean isOver(Instant began) {
        return seconds.filter(span -> Duration.between(began, clock.instant()).toMillis() >= span * 1000)
                .isPresent();
    }

    private long print(PrintStream out, Dashboard dashboard, long printed, Optional<LiveLine> live) {
        long news = dashboard.eventsSeen() - printed;
        List<Event> events = dashboard.events();
        if (news > 0) {
            live.ifPresent(line -> out.print(line.gone()));
        }
        for (Event event : events.subList((int) Math.max(0, events.size() - news), events.size())) {
            if (event.kind() != Event.Kind.PROBE_FAILED) {
                out.println(format.line(event));
            }
        }
        dashboard
                .probe()
                .filter(ProbeStatus::isRunning)
                .ifPresent(probe -> live.ifPresent(line -> out.print(line.of(probe, clock.instant()))));
        return dashboard.eventsSeen();
    }

    private int conclude(PrintStream out, Optional<ProbeStatus> status, Optional<Failure> failure) {
        if (status.isEmpty() || failure.isPresent()) {
            throw complaint(failure.orElseGet(
                    () -> new Failure(Failure.Kind.UNREACHABLE, "the probe was ended before it could write")));
        }
        ProbeSummary summary = new ProbeSummary(status.get(), clock.instant());
        out.print(format == EventFormat.JSON ? summary.json() + "\n" : summary.text());
        boolean ignored = out.checkError();
        return summary.exitCode();
    }

    private static CommandFailure complaint(Failure failure) {
        int code =
                switch (failure.kind()) {
                    case REFUSED, TIMED_OUT, UNRESOLVED, UNREACHABLE, BROKEN_OFF -> ExitCode.UNREACHABLE;
                    default -> ExitCode.FAILED;
                };
        return new CommandFailure(code, Printable.line(failure.message()));
    }
}
