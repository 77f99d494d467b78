package io.patop.probe;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients over JDBC, each with a thread and a connection of its own. A client writes a row twice a second; a write that
 * fails is tried again over a new connection until it is acknowledged, after pauses that grow to five seconds, as a
 * connection pool does. They write to the probe's table, under a name of their own, so that the probe does not take
 * their rows for its own.
 */
public final class SqlClients implements Clients {

    /** The largest number of clients: each costs a thread here and a connection there. */
    public static final int MOST = 200;

    /** How often each client writes. */
    public static final Duration INTERVAL = Duration.ofMillis(500);

    /**
     * Clients wait for an answer at least as long as applications do. With the probe's two seconds they kept a busy
     * server from ever serving one: it spent its time on connections that were given up before they were open.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Longest wait for the clients' threads at the end. */
    private static final Duration ENDING = Duration.ofSeconds(5);

    /** After so many writes of the first client all older rows are removed. */
    private static final int ROWS_KEPT = 100;

    private final ProbeSettings settings;
    private final ProbeTable table;
    private final ClientTally tally;
    private final Clock clock;
    private final String run = UUID.randomUUID().toString();
    private final AtomicLong numbers = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    private SqlClients(ProbeSettings settings, int clients, Clock clock) {
        if (clients < 1 || clients > MOST) {
            throw new IllegalArgumentException("there are 1 to " + MOST + " clients, not " + clients);
        }
        this.settings = settings.withPatience(PATIENCE);
        this.table = new ProbeTable(settings.table());
        this.tally = new ClientTally(clients);
        this.clock = clock;
    }

    /**
     * Starts clients, spread over their interval. The table exists.
     *
     * @param settings where they write to, and for how long they wait for an answer; the rate is not theirs
     * @param clients how many, 1 to {@link #MOST}
     * @param clock for the rows
     * @param factory of their threads
     */
    public static SqlClients start(ProbeSettings settings, int clients, Clock clock, ThreadFactory factory) {
        SqlClients all = new SqlClients(settings, clients, clock);
        for (int number = 0; number < clients; number++) {
            Client client = all.new Client(number, INTERVAL.multipliedBy(number).dividedBy(clients));
            all.threads.add(factory.newThread(client::run));
        }
        all.threads.forEach(Thread::start);
        return all;
    }

    @Override
    public void enter(Period period) {
        tally.enter(period);
    }

    @Override
    public ClientLoad take() {
        return tally.take(System.nanoTime());
    }

    @Override
    public void close() {
        closed.countDown();
        connections.forEach(ProbeConnections::abort);
        long end = System.nanoTime() + ENDING.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return;
        }
        removeRows();
    }

    /** Rows that are left are removed by the next probe that starts an hour later. */
    private void removeRows() {
        try (Connection connection = settings.dsn().open(settings.connectTimeout(), settings.socketTimeout())) {
            table.forget(connection, run, numbers.get());
        } catch (SQLException gone) {
            return;
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Returns after that time, or at once when the clients are to end. */
    private void pause(Duration time) {
        try {
            boolean unused = closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One client. Used by its own thread only. */
    private final class Client {
        private final int number;
        private final Duration offset;
        private Optional<Connection> connection = Optional.empty();
        private boolean connected;
        private long written;

        Client(int number, Duration offset) {
            this.number = number;
            this.offset = offset;
        }

        void run() {
            long due = System.nanoTime() + offset.toNanos();
            while (!isOver()) {
                pause(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                if (!isOver()) {
                    write();
                    removeOldRows();
                }
                // Writes that an outage has held up are not made up for.
                due = Math.max(due + INTERVAL.toNanos(), System.nanoTime());
            }
            connection.ifPresent(this::drop);
        }

        private boolean isOver() {
            return isClosed() || Thread.currentThread().isInterrupted();
        }

        /** Returns when one write is acknowledged, whatever it takes. */
        private void write() {
            long row = numbers.incrementAndGet();
            tally.began(number, System.nanoTime());
            RetryPause retry = new RetryPause();
            while (!isOver()) {
                if (connection.isEmpty()) {
                    connect();
                }
                if (connection.isPresent() && writes(connection.get(), row)) {
                    tally.acknowledged(number, System.nanoTime());
                    written++;
                    return;
                }
                pause(retry.afterFailure());
            }
        }

        private void connect() {
            try {
                Connection made = settings.dsn().open(settings.connectTimeout(), settings.socketTimeout());
                connections.add(made);
                connection = Optional.of(made);
                if (isClosed()) {
                    drop(made);
                    return;
                }
                if (connected) {
                    tally.reconnected();
                }
                connected = true;
            } catch (SQLException refused) {
                if (!isClosed()) {
                    tally.refused();
                }
            }
        }

        private boolean writes(Connection over, long row) {
            try {
                Optional<Server> unused = table.write(over, run, row, clock.instant());
                return true;
            } catch (SQLException error) {
                drop(over);
                if (!isClosed()) {
                    tally.failed();
                }
                return false;
            }
        }

        private void drop(Connection lost) {
            connection = Optional.empty();
            connections.remove(lost);
            ProbeConnections.abort(lost);
        }

        private void removeOldRows() {
            if (number != 0 || written == 0 || written % ROWS_KEPT != 0 || connection.isEmpty()) {
                return;
            }
            try {
                table.forget(connection.get(), run, numbers.get());
            } catch (SQLException broken) {
                drop(connection.get());
            }
        }
    }
}
