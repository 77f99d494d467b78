package io.patop.sim.postgres;

import io.patop.sim.core.Node;
import io.patop.sim.core.Proxy;
import io.patop.sim.core.Simulation;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One client's session with the server that its route leads to. Answers come in the server's own time: a frozen node
 * gives none until it is thawed, and a commit waits for its standbys. A connection's threads use it under the
 * simulation's lock; a client in the simulation's own time needs neither sockets nor threads.
 */
public final class RoutedSession implements Proxy.Session {
    /** Approximate size of a statement in bytes on the wire. */
    private static final long RECORD = 100;

    private final Simulation world;
    private final DatabaseServer.Route to;
    private final Runnable hangUp;
    /** The awaited answer; a client asks one thing at a time. */
    private Optional<CompletableFuture<?>> pending = Optional.empty();

    private boolean ended;
    private Optional<DatabaseSession> session = Optional.empty();

    /** Opens the session; {@code hangUp} is called when the server's side ends it. */
    RoutedSession(Simulation world, DatabaseServer.Route to, Runnable hangUp) {
        this.world = world;
        this.to = to;
        this.hangUp = hangUp;
        to.opened(this);
    }

    /** Opens a session through one of HAProxy's backends; empty if HAProxy closes the connection. */
    public static Optional<RoutedSession> through(String backend, Simulation world) {
        return DatabaseServer.through(backend).apply(world).map(route -> new RoutedSession(world, route, () -> {}));
    }

    /** Ends the session from the client's side; what a frozen server was sent already, it does when it is thawed. */
    public void close() {
        to.closed(this);
    }

    @Override
    public void shut() {
        ended = true;
        pending.ifPresent(answer -> answer.completeExceptionally(new IOException("the server has ended")));
        hangUp.run();
    }

    @Override
    public boolean isOver() {
        Node node = to.node();
        if (ended) {
            return true;
        }
        return session.isPresent() ? !session.orElseThrow().isAlive() : node.life == Node.Life.STOPPED;
    }

    /** Work that completes an answer, now or later. */
    private interface Asking<T> {
        void ask(CompletableFuture<T> answer) throws SqlFailure;
    }

    private <T> CompletableFuture<T> ask(Asking<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        pending = Optional.of(answer);
        if (to.node().isFrozen()) {
            to.node().after(0, () -> run(work, answer));
        } else {
            run(work, answer);
        }
        return answer;
    }

    private <T> void run(Asking<T> work, CompletableFuture<T> answer) {
        if (isOver()) {
            answer.completeExceptionally(new IOException("the server has ended"));
            return;
        }
        try {
            work.ask(answer);
        } catch (SqlFailure failure) {
            answer.completeExceptionally(failure);
        }
    }

    /** Logs in; the answer is the parameters that the server announces, or the {@link SqlFailure} that refuses it. */
    public CompletableFuture<Map<String, String>> begin() {
        return ask(answer -> {
            Node node = to.node();
            if (!node.postgres.isOpen()) {
                boolean stops = node.postgres.state.startsWith("stop");
                throw new SqlFailure("57P03", "the database system is " + (stops ? "shutting down" : "starting up"));
            }
            session = Optional.of(new DatabaseSession(world, node));
            answer.complete(parameters(node));
        });
    }

    private Map<String, String> parameters(Node node) throws SqlFailure {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : List.of(
                "server_version",
                "server_encoding",
                "client_encoding",
                "in_hot_standby",
                "default_transaction_read_only",
                "standard_conforming_strings",
                "integer_datetimes")) {
            parameters.put(name, DatabaseSettings.of(world, node, name));
        }
        parameters.put("DateStyle", "ISO, MDY");
        parameters.put("IntervalStyle", "postgres");
        parameters.put("TimeZone", "UTC");
        parameters.put("is_superuser", "off");
        parameters.put("application_name", "");
        return parameters;
    }

    CompletableFuture<DatabaseSession.Result> execute(Statement statement, List<Optional<Object>> parameters) {
        return ask(answer -> {
            to.count(RECORD, 0);
            DatabaseSession.Result result = session.orElseThrow().execute(statement, parameters);
            if (result.commit().isPresent()) {
                world.replication()
                        .whenAcknowledged(to.node(), result.commit().getAsLong(), () -> answer.complete(result));
            } else {
                answer.complete(result);
            }
        });
    }

    /**
     * Runs one statement; the answer is its rows, whose values are Java's Long, Boolean, Instant and String, or the
     * {@link SqlFailure}.
     */
    public CompletableFuture<List<List<Optional<Object>>>> query(String sql, Object... parameters) {
        try {
            return execute(
                            Statement.parse(sql),
                            Arrays.stream(parameters).map(Optional::of).toList())
                    .thenApply(DatabaseSession.Result::rows);
        } catch (SqlFailure unknown) {
            return CompletableFuture.failedFuture(unknown);
        }
    }

    CompletableFuture<List<DatabaseSession.ResultColumn>> columns(Statement statement) {
        return ask(answer -> answer.complete(statement.columns(session.orElseThrow())));
    }

    char status() {
        return session.map(DatabaseSession::status).orElse('I');
    }

    void failed() {
        session.ifPresent(DatabaseSession::fail);
    }
}
