package io.patop.command.random;

import io.patop.drill.random.ClientWork;
import io.patop.history.NumberSet;
import io.patop.history.Operation;
import io.patop.history.Operation.Action;
import io.patop.history.Operation.Insert;
import io.patop.history.Operation.NumbersRead;
import io.patop.history.Operation.Route;
import io.patop.history.Operation.SumRead;
import io.patop.history.Operation.Transfer;
import io.patop.probe.Outcome;
import io.patop.probe.Server;
import io.patop.sim.core.Simulation;
import io.patop.sim.postgres.RoutedSession;
import io.patop.sim.postgres.SqlFailure;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client in the simulator's own time, without sockets and threads: it goes through the simulated HAProxy to the
 * simulated databases, waits as a driver does, and gives up after a time.
 */
final class SimulatedClient {

    private static final long GIVES_UP = 3000;
    private static final int LONGEST_THOUGHT = 600;
    private static final int SLOWEST_WAY = 4;

    /** How many operations a connection serves on average, so that new ones are led somewhere all the time. */
    private static final int OPERATIONS_A_CONNECTION = 8;

    private static final Pattern PARAMETER = Pattern.compile("\\?");

    private final Simulation world;
    private final int number;
    private final Random random;
    private final ClientWork work;
    private final long began;
    private final Consumer<Operation> recorder;
    private final Map<Route, Connected> connections = new EnumMap<>(Route.class);
    private boolean stopped;
    private Optional<Attempt> present = Optional.empty();

    /** A session, and the server that it leads to. */
    private record Connected(RoutedSession session, Server server) {}

    /**
     * Makes a client.
     *
     * @param number from 1
     * @param seed of what it does and when
     * @param began when the history began, in the simulation's milliseconds
     */
    SimulatedClient(
            Simulation world, int number, long seed, ClientWork work, long began, Consumer<Operation> recorder) {
        this.world = world;
        this.number = number;
        this.random = new Random(seed);
        this.work = work;
        this.began = began;
        this.recorder = recorder;
    }

    /** Begins to work. */
    void begin() {
        later(LONGEST_THOUGHT, this::work);
    }

    /** Ends after the present operation. */
    void stop() {
        stopped = true;
    }

    /** Returns whether it waits for no answer any more. */
    boolean isIdle() {
        return present.filter(attempt -> !attempt.over).isEmpty();
    }

    private void later(int longest, Runnable then) {
        world.agenda().after(1 + random.nextInt(longest), then);
    }

    private void work() {
        if (stopped) {
            return;
        }
        ClientWork.Task task = work.next(random);
        start(task.route(), task.action(), done -> {
            recorder.accept(done);
            begin();
        });
    }

    /** Begins one operation now; {@code done} is called when it is over. */
    void start(Route route, Action action, Consumer<Operation> done) {
        Attempt attempt = new Attempt(route, action, done);
        present = Optional.of(attempt);
        attempt.begin();
    }

    /** Runs a statement outside all operations, for making the tables. */
    CompletableFuture<List<List<Optional<Object>>>> setUp(String sql, Object... parameters) {
        RoutedSession session = RoutedSession.through("leader", world).orElseThrow();
        return session.begin()
                .thenCompose(begun -> query(session, sql, parameters))
                .whenComplete((rows, failure) -> session.close());
    }

    private static CompletableFuture<List<List<Optional<Object>>>> query(
            RoutedSession session, String sql, Object... parameters) {
        AtomicInteger count = new AtomicInteger();
        String numbered =
                PARAMETER.matcher(sql).replaceAll(found -> Matcher.quoteReplacement("$" + count.incrementAndGet()));
        return session.query(numbered, parameters);
    }

    /** One operation on its way. */
    private final class Attempt {
        private final Route route;
        private final Action action;
        private final Consumer<Operation> done;
        private final long invoked = micros();
        private Optional<RoutedSession> used = Optional.empty();
        private Optional<Server> server = Optional.empty();
        /** Whether the server may have been told to commit. */
        private boolean sent;

        private boolean over;

        Attempt(Route route, Action action, Consumer<Operation> done) {
            this.route = route;
            this.action = action;
            this.done = done;
        }

        private long micros() {
            return Math.max(0, world.now() - began) * 1000;
        }

        void begin() {
            world.agenda().after(GIVES_UP, this::fail);
            if (random.nextInt(OPERATIONS_A_CONNECTION) == 0) {
                Optional.ofNullable(connections.remove(route))
                        .map(Connected::session)
                        .ifPresent(RoutedSession::close);
            }
            Optional<Connected> held = Optional.ofNullable(connections.get(route))
                    .filter(connected -> !connected.session().isOver());
            held.ifPresentOrElse(this::use, () -> onTheWay(this::connect));
        }

        private void onTheWay(Runnable then) {
            later(SLOWEST_WAY, () -> {
                if (!over) {
                    then.run();
                }
            });
        }

        private void connect() {
            used = RoutedSession.through(route == Route.LEADER ? "leader" : "replicas", world);
            if (used.isEmpty()) {
                fail();
                return;
            }
            RoutedSession session = used.get();
            answer(
                    session.begin(),
                    begun -> answer(query(session, work.identify()), rows -> {
                        List<Optional<Object>> row = rows.get(0);
                        use(new Connected(
                                session,
                                new Server(
                                        (String) row.get(0).orElseThrow(),
                                        ((Long) row.get(1).orElseThrow()).intValue(),
                                        (Instant) row.get(2).orElseThrow())));
                    }));
        }

        private void use(Connected connected) {
            connections.put(route, connected);
            used = Optional.of(connected.session());
            server = Optional.of(connected.server());
            onTheWay(() -> send(connected.session()));
        }

        private void send(RoutedSession session) {
            action.choose(new Operation.Cases<Runnable>() {
                        @Override
                        public Runnable insert(Insert insert) {
                            return () -> Attempt.this.insert(session, insert);
                        }

                        @Override
                        public Runnable transfer(Transfer transfer) {
                            return () -> Attempt.this.transfer(session, transfer);
                        }

                        @Override
                        public Runnable numbersRead(NumbersRead read) {
                            return () -> answer(
                                    query(session, work.readNumbers(), work.run(), read.above()),
                                    rows -> end(Outcome.ACKNOWLEDGED, new NumbersRead(read.above(), numbers(rows))));
                        }

                        @Override
                        public Runnable sumRead(SumRead read) {
                            return () -> answer(
                                    query(session, work.readSum()),
                                    rows -> end(Outcome.ACKNOWLEDGED, new SumRead((Long)
                                            rows.get(0).get(0).orElseThrow())));
                        }
                    })
                    .run();
        }

        private void insert(RoutedSession session, Insert insert) {
            sent = true;
            answer(
                    query(session, work.insert(), work.run(), insert.number(), world.instant(world.now())),
                    rows -> end(Outcome.ACKNOWLEDGED, action));
        }

        /** Moves money in one transaction; until its COMMIT is sent, nothing can have happened. */
        private void transfer(RoutedSession session, Transfer transfer) {
            List<Function<RoutedSession, CompletableFuture<List<List<Optional<Object>>>>>> statements = List.of(
                    on -> query(on, "BEGIN"),
                    on -> query(on, work.add(), -transfer.amount(), (long) transfer.from()),
                    on -> query(on, work.add(), transfer.amount(), (long) transfer.to()),
                    on -> query(on, "COMMIT"));
            run(session, statements, 0);
        }

        private void run(
                RoutedSession session,
                List<Function<RoutedSession, CompletableFuture<List<List<Optional<Object>>>>>> statements,
                int index) {
            boolean last = index == statements.size() - 1;
            sent = last;
            answer(statements.get(index).apply(session), rows -> {
                if (last) {
                    end(Outcome.ACKNOWLEDGED, action);
                } else {
                    run(session, statements, index + 1);
                }
            });
        }

        private static NumberSet numbers(List<List<Optional<Object>>> rows) {
            return NumberSet.of(rows.stream()
                    .mapToLong(row -> (Long) row.get(0).orElseThrow())
                    .toArray());
        }

        /** Goes on when the answer has come back, or fails. */
        private <T> void answer(CompletableFuture<T> answer, Consumer<T> then) {
            CompletableFuture<T> unused = answer.whenComplete((value, failure) -> onTheWay(() -> {
                if (failure == null) {
                    then.accept(value);
                } else {
                    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                    // An error of the statement itself rolls it back; one that ends the session says nothing.
                    sent &= !(cause instanceof SqlFailure refusal
                            && !refusal.state().startsWith("57P"));
                    fail();
                }
            }));
        }

        private void fail() {
            if (!over) {
                used.ifPresent(RoutedSession::close);
                connections.remove(route);
                end(sent ? Outcome.UNKNOWN : Outcome.REFUSED, action);
            }
        }

        private void end(Outcome outcome, Action done) {
            over = true;
            this.done.accept(new Operation(number, invoked, micros(), outcome, route, server, done));
        }
    }
}
