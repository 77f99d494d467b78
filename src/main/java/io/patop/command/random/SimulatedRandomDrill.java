package io.patop.command.random;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.drill.random.ClientWork;
import io.patop.drill.random.FaultSchedule;
import io.patop.drill.random.RandomRun;
import io.patop.drill.random.RandomRun.Ending;
import io.patop.drill.random.SchedulePlayback;
import io.patop.drill.random.ScheduledFault;
import io.patop.drill.random.ScheduledFault.Kind;
import io.patop.history.CheckResult;
import io.patop.history.Claims;
import io.patop.history.Claims.Durability;
import io.patop.history.HistoryChecker;
import io.patop.history.NumberSet;
import io.patop.history.Operation;
import io.patop.history.Operation.NumbersRead;
import io.patop.history.Operation.Route;
import io.patop.history.Operation.SumRead;
import io.patop.history.OperationHistory;
import io.patop.sim.Faults;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.core.SimulationOptions.Synchronous;
import io.patop.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Plays schedules on simulated clusters in their own time, on the caller's thread: each run begins with a new cluster,
 * and the same schedule and seed give the same run.
 */
final class SimulatedRandomDrill implements DrilledCluster {

    private static final int TRIES = 200;

    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final int STEPS_A_CHECK = 600;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SimulationOptions options;
    private final int clients;
    private final Duration patience;
    private final Watcher watcher;

    /**
     * Makes a drill.
     *
     * @param options of the clusters; their seed is also that of the clients
     * @param clients how many clients work
     * @param patience how long nobody may be able to write, and how long the cluster may take to be well again
     * @param watcher asked between two steps
     */
    public SimulatedRandomDrill(SimulationOptions options, int clients, Duration patience, Watcher watcher) {
        this.options = options;
        this.clients = clients;
        this.patience = patience;
        this.watcher = watcher;
    }

    @Override
    public String name() {
        return options.scope() + " (simulated)";
    }

    @Override
    public List<String> settings() {
        List<String> settings = new ArrayList<>();
        settings.add(String.join(", ", members()));
        settings.add("ttl " + options.ttl().toSeconds() + " s, loop_wait "
                + options.loopWait().toSeconds() + " s, retry_timeout "
                + options.retryTimeout().toSeconds() + " s, synchronous_mode "
                + options.synchronous().name().toLowerCase(Locale.ROOT));
        return settings;
    }

    @Override
    public List<String> members() {
        return IntStream.rangeClosed(1, options.nodes())
                .mapToObj(number -> "patroni" + number)
                .toList();
    }

    @Override
    public List<Kind> kinds() {
        return List.copyOf(Kind.simulated());
    }

    @Override
    public int tries() {
        return TRIES;
    }

    @Override
    public Claims claims() {
        return new Claims(
                options.synchronous() == Synchronous.OFF ? Durability.ASYNCHRONOUS : Durability.SYNCHRONOUS,
                options.ttl(),
                options.maximumLagOnFailover(),
                ClientWork.total());
    }

    @Override
    public RandomRun run(FaultSchedule schedule, Duration length) {
        requireMembers(schedule);
        try {
            return new Run(schedule, length).play();
        } catch (SimulationException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    /** One cluster with its clients. */
    private final class Run {
        private final FaultSchedule schedule;
        private final long length;
        private final Simulation world;
        private final ClientWork work = new ClientWork("demo");
        private final OperationHistory.Recorder recorder = new OperationHistory.Recorder();
        private final HistoryChecker checker = new HistoryChecker(claims());
        private final SchedulePlayback playback = new SchedulePlayback();
        private final List<String> leftOut = new ArrayList<>();
        private final List<SimulatedClient> working;
        private final SimulatedClient reader;
        private final long began;
        private long lastWrite;
        private boolean over;

        Run(FaultSchedule schedule, Duration length) throws SimulationException {
            this.schedule = schedule;
            this.length = length.toMillis();
            this.world = new Simulation(options, START);
            this.reader = new SimulatedClient(world, clients + 1, options.seed(), work, 0, this::note);
            setUp();
            this.began = world.now();
            this.lastWrite = began;
            this.working = IntStream.rangeClosed(1, clients)
                    .mapToObj(number ->
                            new SimulatedClient(world, number, options.seed() * 1000 + number, work, began, this::note))
                    .toList();
        }

        private void setUp() throws SimulationException {
            world.advance(SETTLING);
            make(work.createNumbers());
            make(work.createAccounts());
            for (long account = 1; account <= ClientWork.ACCOUNTS; account++) {
                make(work.openAccount(), account, ClientWork.BALANCE);
            }
        }

        private void make(String statement, Object... parameters) {
            CompletableFuture<?> made = reader.setUp(statement, parameters);
            if (!await(made::isDone) || made.isCompletedExceptionally()) {
                throw new IllegalStateException("the simulated cluster did not do: " + statement);
            }
        }

        RandomRun play() {
            schedule.steps().forEach(step -> world.agenda().after(step.at().toMillis(), () -> take(step)));
            working.forEach(SimulatedClient::begin);
            Ending ending = workUntil(began + Math.max(length, schedule.end().toMillis()));
            over = true;
            heal();
            if (ending == Ending.COMPLETE && !recover()) {
                ending = Ending.NOT_RECOVERED;
            }
            working.forEach(SimulatedClient::stop);
            boolean unused = await(() -> working.stream().allMatch(SimulatedClient::isIdle));
            if (ending != Ending.NOT_RECOVERED && !readAll() && ending != Ending.CUT_SHORT) {
                ending = Ending.NOT_RECOVERED;
            }
            OperationHistory history = recorder.history();
            return new RandomRun(playback.played(), ending, history, checker.check(history), leftOut);
        }

        private void take(FaultSchedule.Step step) {
            if (over) {
                return;
            }
            if (step.undoes()) {
                playback.end(step.fault()).flatMap(ScheduledFault::undoText).ifPresent(this::apply);
            } else {
                playback.begin(step.fault(), world.leader())
                        .ifPresentOrElse(
                                fault -> apply(fault.text()),
                                () -> leaveOut(step.text(), "nobody leads, or it is broken already"));
            }
        }

        private void leaveOut(String step, String why) {
            leftOut.add(Duration.ofMillis(world.now() - began).toSeconds() + "s " + step + ": " + why);
        }

        private void apply(String step) {
            try {
                new Faults(world).apply(SimulatedFault.parse(step));
            } catch (SimulationException impossible) {
                leaveOut(step, String.valueOf(impossible.getMessage()));
            }
        }

        private Ending workUntil(long end) {
            for (int step = 1; world.now() < end; step++) {
                if (!watcher.goesOn(Duration.ofMillis(world.now() - began))) {
                    return Ending.CUT_SHORT;
                }
                world.advance(STEP);
                if (world.now() - lastWrite > patience.toMillis()) {
                    return Ending.NOT_RECOVERED;
                }
                if (step % STEPS_A_CHECK == 0 && isViolated()) {
                    return Ending.VIOLATION;
                }
            }
            return Ending.COMPLETE;
        }

        private boolean isViolated() {
            CheckResult check = checker.check(recorder.history());
            return !check.violations().isEmpty();
        }

        private void note(Operation operation) {
            recorder.add(operation);
            if (operation.isWrite() && operation.isAcknowledged()) {
                lastWrite = world.now();
            }
        }

        private void heal() {
            apply("dcs-up");
            apply("proxy-up");
            world.memberNames().forEach(name -> apply("heal " + name));
        }

        private boolean recover() {
            return await(world::isWhole);
        }

        /** Reads everything at last, by which it is decided what is lost. */
        private boolean readAll() {
            long[] answered = {0};
            SimulatedClient last = new SimulatedClient(world, clients + 1, options.seed(), work, began, this::note);
            return await(() -> {
                if (last.isIdle() && answered[0] == 0) {
                    last.start(Route.LEADER, new NumbersRead(0, NumberSet.EMPTY), done -> {
                        note(done);
                        answered[0] += done.isAcknowledged() ? 1 : 0;
                    });
                } else if (last.isIdle() && answered[0] == 1) {
                    last.start(Route.LEADER, new SumRead(0), done -> {
                        note(done);
                        answered[0] += done.isAcknowledged() ? 1 : 0;
                    });
                }
                return answered[0] == 2;
            });
        }

        private boolean await(BooleanSupplier condition) {
            long end = world.now() + patience.toMillis();
            while (!condition.getAsBoolean()) {
                if (world.now() >= end) {
                    return false;
                }
                world.advance(STEP);
            }
            return true;
        }
    }
}
