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
import io.patop.probe.RetryPause;
import io.patop.probe.Server;
import io.patop.probe.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client of a running database, over JDBC: one operation after the other, each of which takes a bounded time. After
 * failures it pauses for longer and longer, as a connection pool does. Used by one thread, but for {@link #stop}.
 */
final class DatabaseClient {

    private static final int LONGEST_THOUGHT_MILLIS = 200;

    /** How many operations a session serves on average, so that new ones are led somewhere all the time. */
    private static final int OPERATIONS_A_SESSION = 20;

    private final int number;
    private final Random random;
    private final ClientWork work;
    private final Routes routes;
    private final ClientHistory history;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<Route, SqlSession> sessions = new EnumMap<>(Route.class);

    /** The ways to the database. */
    interface Routes {
        /** Opens a session within a bounded time. */
        SqlSession open(Route route) throws SQLException;

        /** Whether there is a way to replicas. */
        boolean hasReplicas();
    }

    /**
     * Makes a client.
     *
     * @param number from 1
     * @param seed of what it does
     * @param history takes its operations
     */
    DatabaseClient(int number, long seed, ClientWork work, Routes routes, ClientHistory history) {
        this.number = number;
        this.random = new Random(seed);
        this.work = work;
        this.routes = routes;
        this.history = history;
    }

    /** Works until it is stopped; blocks until then. */
    void work() {
        RetryPause retry = new RetryPause();
        while (!isStopped()) {
            ClientWork.Task task = work.next(random);
            if (task.route() == Route.REPLICA && !routes.hasReplicas()) {
                continue;
            }
            if (perform(task.route(), task.action()).isAcknowledged()) {
                retry.reset();
                pause(Duration.ofMillis(random.nextInt(LONGEST_THOUGHT_MILLIS)));
            } else {
                pause(retry.afterFailure());
            }
        }
        close();
    }

    /** Ends its work after the present operation; returns at once. For any thread. */
    void stop() {
        stopped.countDown();
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void pause(Duration time) {
        try {
            boolean unused = stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    /** Closes its sessions. */
    void close() {
        sessions.values().forEach(SqlSession::close);
        sessions.clear();
    }

    /** Does one operation now, and adds it to the history. */
    Operation perform(Route route, Action action) {
        if (random.nextInt(OPERATIONS_A_SESSION) == 0) {
            drop(route);
        }
        long invoked = history.micros();
        Attempt attempt = new Attempt(action);
        Optional<Server> server = Optional.empty();
        Outcome outcome = Outcome.REFUSED;
        try {
            SqlSession session = session(route);
            server = session.server();
            attempt.send(session);
            outcome = Outcome.ACKNOWLEDGED;
        } catch (SQLException failure) {
            outcome = attempt.mayBeDone ? SqlSession.outcome(failure) : Outcome.REFUSED;
            drop(route);
        }
        return history.add(number, invoked, outcome, route, server, attempt.done);
    }

    private SqlSession session(Route route) throws SQLException {
        SqlSession session = sessions.get(route);
        if (session == null) {
            session = routes.open(route);
            sessions.put(route, session);
        }
        return session;
    }

    private void drop(Route route) {
        Optional.ofNullable(sessions.remove(route)).ifPresent(SqlSession::close);
    }

    /** One operation on its way. */
    private final class Attempt {
        private Action done;
        /** Whether the server may have been told to commit. */
        private boolean mayBeDone;

        Attempt(Action action) {
            this.done = action;
        }

        void send(SqlSession session) throws SQLException {
            done.choose(new Operation.Cases<Statements>() {
                        @Override
                        public Statements insert(Insert insert) {
                            return over -> {
                                mayBeDone = true;
                                over.execute(
                                        work.insert(), work.run(), insert.number(), OffsetDateTime.now(ZoneOffset.UTC));
                            };
                        }

                        @Override
                        public Statements transfer(Transfer transfer) {
                            return over -> {
                                over.begin();
                                over.execute(work.add(), -transfer.amount(), (long) transfer.from());
                                over.execute(work.add(), transfer.amount(), (long) transfer.to());
                                mayBeDone = true;
                                over.commit();
                            };
                        }

                        @Override
                        public Statements numbersRead(NumbersRead read) {
                            return over -> done = new NumbersRead(
                                    read.above(),
                                    NumberSet.of(over.numbers(work.readNumbers(), work.run(), read.above())));
                        }

                        @Override
                        public Statements sumRead(SumRead read) {
                            return over -> done = new SumRead(over.numbers(work.readSum())[0]);
                        }
                    })
                    .send(session);
        }
    }

    /** The statements of an operation. */
    private interface Statements {
        void send(SqlSession session) throws SQLException;
    }
}
