package io.patop.command.random;

import io.patop.cluster.DynamicConfig;
import io.patop.command.live.LiveSession;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Threads;
import io.patop.control.FaultInjector;
import io.patop.drill.Readiness;
import io.patop.drill.Settings;
import io.patop.drill.random.ClientWork;
import io.patop.drill.random.FaultSchedule;
import io.patop.drill.random.RandomRun;
import io.patop.drill.random.RandomRun.Ending;
import io.patop.drill.random.ScheduledFault.Kind;
import io.patop.drill.random.ScheduledFault.Place;
import io.patop.history.Claims;
import io.patop.history.Claims.Durability;
import io.patop.history.HistoryChecker;
import io.patop.history.NumberSet;
import io.patop.history.Operation.Action;
import io.patop.history.Operation.NumbersRead;
import io.patop.history.Operation.Route;
import io.patop.history.Operation.SumRead;
import io.patop.history.OperationHistory;
import io.patop.probe.Dsn;
import io.patop.probe.ProbeSettings;
import io.patop.probe.SqlSession;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DockerStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Plays schedules on a running cluster, on the caller's thread. Each run has new tables, which are removed at its end;
 * no other is touched.
 */
final class ClusterRandomDrill implements DrilledCluster {

    /** A schedule that takes half an hour cannot be played as often as a simulated one. */
    private static final int TRIES = 12;

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration A_CHECK = Duration.ofMinutes(1);

    /** Longest time for the tables, and for undoing and the last read of a run that is cut short. */
    private static final Duration SHORT = Duration.ofSeconds(15);

    /** Clients wait for an answer at least as long as applications do; a shorter time makes a busy server busier. */
    private static final Duration PATIENT_CLIENT = Duration.ofSeconds(5);

    private final LiveSession watching;
    private final FaultInjector injector;
    private final ReportedActions actions;
    private final ProbeSettings database;
    private final int clients;
    private final long seed;
    private final Duration patience;
    private final Watcher watcher;
    private final SortedSet<String> members;
    private final Settings settings;

    /**
     * Makes a drill of a cluster that is whole.
     *
     * @param watching watches it and changes it
     * @param database where the clients work; their reads of replicas go to its reads, if it has any
     * @param clients how many clients work
     * @param seed of what the clients do
     * @param patience how long nobody may be able to write, and how long the cluster may take to be well again
     * @param watcher asked ten times a second
     */
    ClusterRandomDrill(
            LiveSession watching, ProbeSettings database, int clients, long seed, Duration patience, Watcher watcher) {
        this.watching = watching;
        this.injector = watching.faults();
        this.actions = new ReportedActions(watching.session(), watching.actor());
        this.database = database.withPatience(PATIENT_CLIENT);
        this.clients = clients;
        this.seed = seed;
        this.patience = patience;
        this.watcher = watcher;
        this.members = new TreeSet<>(Readiness.members(watching.dashboard()));
        this.settings = Settings.of(watching.dashboard());
    }

    /** Returns the reasons why the cluster is not ready, the worst first; empty if it is. */
    static List<String> troubles(Dashboard dashboard) {
        List<String> troubles = new ArrayList<>(Readiness.troubles(dashboard, Readiness.members(dashboard)));
        if (dashboard.docker() instanceof DockerStatus.Unasked) {
            troubles.add("Docker has not been asked yet");
        }
        return troubles;
    }

    @Override
    public String name() {
        return watching.dashboard().identity().scope().orElse("of unknown name");
    }

    @Override
    public List<String> settings() {
        return List.of(
                String.join(", ", members),
                settings.versions(),
                settings.text(),
                database.reads().isPresent()
                        ? "replicas are read at " + database.reads().get().text()
                        : "replicas are not read: no --read");
    }

    @Override
    public List<String> members() {
        return List.copyOf(members);
    }

    /** Those that every member could have now. */
    @Override
    public List<Kind> kinds() {
        Dashboard now = watching.dashboard();
        return Arrays.stream(Kind.values())
                .filter(kind -> (kind.place() == Place.MEMBER ? members : List.of(members.first()))
                        .stream().allMatch(member -> ClusterFaultPlay.plan(kind, member, now, injector)
                                .possible()
                                .isPresent()))
                .toList();
    }

    @Override
    public Claims claims() {
        return new Claims(
                watching.dashboard()
                                .config()
                                .filter(DynamicConfig::isSynchronous)
                                .isPresent()
                        ? Durability.SYNCHRONOUS
                        : Durability.ASYNCHRONOUS,
                settings.ttl(),
                settings.maximumLagOnFailover(),
                ClientWork.total());
    }

    @Override
    public int tries() {
        return TRIES;
    }

    @Override
    public RandomRun run(FaultSchedule schedule, Duration length) {
        requireMembers(schedule);
        return new Run(schedule, length).play();
    }

    /** One run with its clients. */
    private final class Run implements DatabaseClient.Routes {
        private final List<FaultSchedule.Step> steps;
        private final Duration length;
        private final ClientWork work =
                new ClientWork(UUID.randomUUID().toString().replace("-", "").substring(0, 12));
        private final HistoryChecker checker = new HistoryChecker(claims());
        private final ClusterFaultPlay play =
                new ClusterFaultPlay(watching::dashboard, injector, actions, watcher::tell);
        private final ClientHistory history;
        private final List<DatabaseClient> working;
        private final List<Thread> threads;
        private int next;

        Run(FaultSchedule schedule, Duration length) {
            this.steps = schedule.steps();
            this.length = length.compareTo(schedule.end()) < 0 ? schedule.end() : length;
            makeTables();
            this.history = new ClientHistory();
            this.working = IntStream.rangeClosed(1, clients)
                    .mapToObj(number -> new DatabaseClient(number, seed * 1000 + number, work, this, history))
                    .toList();
            ThreadFactory factory = Threads.named("patop-client");
            this.threads = working.stream()
                    .map(client -> factory.newThread(client::work))
                    .toList();
        }

        @Override
        public SqlSession open(Route route) throws SQLException {
            Dsn dsn = route == Route.LEADER
                    ? database.dsn()
                    : database.reads().orElseThrow(() -> new SQLException("there is no way to replicas"));
            return SqlSession.open(dsn, database.connectTimeout(), database.socketTimeout());
        }

        @Override
        public boolean hasReplicas() {
            return database.reads().isPresent();
        }

        private void makeTables() {
            try (SqlSession session = open(Route.LEADER)) {
                session.execute(work.createNumbers());
                session.execute(work.createAccounts());
                for (long account = 1; account <= ClientWork.ACCOUNTS; account++) {
                    session.execute(work.openAccount(), account, ClientWork.BALANCE);
                }
            } catch (SQLException failure) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "nothing was broken: the clients' tables cannot be made at "
                                + database.dsn().text() + ": " + SqlSession.reason(failure));
            }
        }

        RandomRun play() {
            threads.forEach(Thread::start);
            Ending ending = work();
            boolean whole = heal(ending);
            if (ending == Ending.COMPLETE && !whole) {
                ending = Ending.NOT_RECOVERED;
            }
            stopClients();
            if (ending != Ending.NOT_RECOVERED && !readAll(ending) && ending != Ending.CUT_SHORT) {
                ending = Ending.NOT_RECOVERED;
            }
            removeTables();
            OperationHistory seen = history.history();
            return new RandomRun(play.played(), ending, seen, checker.check(seen), play.leftOut());
        }

        private Ending work() {
            Duration check = A_CHECK;
            Duration elapsed = elapsed();
            while (elapsed.compareTo(length) < 0) {
                if (!watcher.goesOn(elapsed)) {
                    return Ending.CUT_SHORT;
                }
                takeSteps(elapsed);
                if (history.sinceLastWrite().compareTo(patience) > 0) {
                    return Ending.NOT_RECOVERED;
                }
                if (elapsed.compareTo(check) > 0) {
                    check = check.plus(A_CHECK);
                    if (!checker.check(history.history()).violations().isEmpty()) {
                        return Ending.VIOLATION;
                    }
                }
                pause();
                elapsed = elapsed();
            }
            takeSteps(length);
            return Ending.COMPLETE;
        }

        private void takeSteps(Duration until) {
            while (next < steps.size() && steps.get(next).at().compareTo(until) <= 0) {
                play.take(steps.get(next));
                next += 1;
            }
        }

        private Duration elapsed() {
            return Duration.ofNanos(history.micros() * 1000);
        }

        /** Undoes what is broken; returns whether the cluster was whole in time. A run that is cut short waits less. */
        private boolean heal(Ending ending) {
            List<String> broken = new ArrayList<>();
            boolean mended = within(ending == Ending.CUT_SHORT ? SHORT : patience, () -> {
                broken.clear();
                broken.addAll(play.mendAll());
                return broken.isEmpty();
            });
            broken.forEach(what -> watcher.tell("not undone: " + what + " (patop mend)"));
            return mended
                    && (ending == Ending.CUT_SHORT
                            || within(patience, () -> Readiness.troubles(watching.dashboard(), members)
                                    .isEmpty()));
        }

        private void stopClients() {
            working.forEach(DatabaseClient::stop);
            try {
                for (Thread thread : threads) {
                    thread.join(SHORT.toMillis());
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }

        /** Reads everything at last, by which it is decided what is lost. */
        private boolean readAll(Ending ending) {
            DatabaseClient last = new DatabaseClient(clients + 1, seed, work, this, history);
            try {
                Duration most = ending == Ending.CUT_SHORT ? SHORT : patience;
                return within(most, () -> isRead(last, new NumbersRead(0, NumberSet.EMPTY)))
                        && within(most, () -> isRead(last, new SumRead(0)));
            } finally {
                last.close();
            }
        }

        private boolean isRead(DatabaseClient last, Action read) {
            return last.perform(Route.LEADER, read).isAcknowledged();
        }

        /** Sessions that a client has given up may hold them for a while. */
        private void removeTables() {
            List<String> left = new ArrayList<>(work.removeTables());
            boolean removed = within(SHORT, () -> {
                try (SqlSession session = open(Route.LEADER)) {
                    while (!left.isEmpty()) {
                        session.execute(left.get(0));
                        left.remove(0);
                    }
                    return true;
                } catch (SQLException failure) {
                    return false;
                }
            });
            if (!removed) {
                watcher.tell("the clients' tables are left, to be removed by hand: " + String.join("; ", left));
            }
        }

        private boolean within(Duration most, BooleanSupplier condition) {
            long end = System.nanoTime() + most.toNanos();
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                pause();
            }
            return true;
        }

        private void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
