package io.patop.sim.postgres;

import io.patop.sim.core.Node;
import io.patop.sim.core.Proxy;
import io.patop.sim.core.Simulation;
import io.patop.sim.http.HttpConversation;
import io.patop.sim.http.Listener;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A port that speaks PostgreSQL's protocol: a node's own, or HAProxy's, which leads each new connection to a server
 * that is up. When that server ends, or is marked down, the connection ends.
 */
public final class DatabaseServer implements AutoCloseable {
    private final Cluster cluster;
    private final Function<Simulation, Optional<Route>> route;
    private final Listener listener;

    /** The simulation, accessed under its lock. */
    public interface Cluster {
        <T> T with(Function<Simulation, T> work);
    }

    /** The target of a new connection. */
    public interface Route {
        Node node();

        /** Called when the connection begins; {@code shut} ends it from the server's side. */
        void opened(Proxy.Session session);

        void closed(Proxy.Session session);

        void count(long bytesIn, long bytesOut);
    }

    public DatabaseServer(Cluster cluster, Executor threads, Function<Simulation, Optional<Route>> route)
            throws IOException {
        this.cluster = cluster;
        this.route = route;
        this.listener = Listener.onLoopback(threads, this::begin);
    }

    /** Routes to a node's own port. */
    public static Function<Simulation, Optional<Route>> to(String name) {
        return world -> Optional.of(new Direct(world, world.node(name)));
    }

    /** Routes through HAProxy to one of its backends. */
    public static Function<Simulation, Optional<Route>> through(String backendName) {
        return world -> {
            Proxy.Backend backend = world.proxy().backend(backendName);
            return world.proxy().pick(backendName).map(server -> new Proxied(world, backend, server));
        };
    }

    private record Direct(Simulation world, Node node) implements Route {
        @Override
        public void opened(Proxy.Session session) {
            world.databaseSessions().add(session);
        }

        @Override
        public void closed(Proxy.Session session) {
            world.databaseSessions().remove(session);
        }

        @Override
        public void count(long bytesIn, long bytesOut) {}
    }

    private record Proxied(Simulation world, Proxy.Backend backend, Proxy.Server server) implements Route {
        @Override
        public Node node() {
            return server.node;
        }

        @Override
        public void opened(Proxy.Session session) {
            world.databaseSessions().add(session);
            world.proxy().beginSession(backend, server, session);
        }

        @Override
        public void closed(Proxy.Session session) {
            world.databaseSessions().remove(session);
            world.proxy().endSession(backend, server, session);
        }

        @Override
        public void count(long bytesIn, long bytesOut) {
            world.proxy().count(backend, server, bytesIn, bytesOut);
        }
    }

    public int port() {
        return listener.port();
    }

    private void begin(SocketChannel connection) throws IOException {
        Optional<Route> found = cluster.with(route);
        if (found.isPresent()) {
            new Client(connection, found.orElseThrow()).serve();
        }
        listener.end(connection);
    }

    /** One connection; its reading thread waits here for the simulation's answers. */
    private final class Client implements PgConversation.Server, Proxy.Session {
        private final SocketChannel connection;
        private final Route to;
        /** The awaited answer; a client asks one thing at a time. Guarded by the simulation's lock. */
        private Optional<CompletableFuture<?>> pending = Optional.empty();

        private boolean ended;
        private Optional<DatabaseSession> session = Optional.empty();

        Client(SocketChannel connection, Route to) {
            this.connection = connection;
            this.to = to;
        }

        void serve() throws IOException {
            cluster.with(world -> {
                to.opened(this);
                return to;
            });
            try {
                DataInputStream in = new DataInputStream(Channels.newInputStream(connection));
                new PgConversation(in, this::send, this).run();
            } finally {
                cluster.with(world -> {
                    to.closed(this);
                    return to;
                });
            }
        }

        private void send(byte[] bytes) throws IOException {
            HttpConversation.write(connection, bytes);
            cluster.with(world -> {
                to.count(0, bytes.length);
                return to;
            });
        }

        @Override
        public void shut() {
            ended = true;
            pending.ifPresent(answer -> answer.completeExceptionally(new IOException("the server has ended")));
            listener.end(connection);
        }

        @Override
        public boolean isOver() {
            Node node = to.node();
            if (ended) {
                return true;
            }
            return session.isPresent() ? !session.orElseThrow().isAlive() : node.life == Node.Life.STOPPED;
        }

        /** Returns the answer of {@code work} in the node's own time: a frozen node gives none until it is thawed. */
        private <T> T ask(Asking<T> work) throws SqlFailure, IOException {
            CompletableFuture<T> answer = new CompletableFuture<>();
            cluster.with(world -> {
                pending = Optional.of(answer);
                Node node = to.node();
                if (node.isFrozen()) {
                    node.after(0, () -> run(world, work, answer));
                } else {
                    run(world, work, answer);
                }
                return answer;
            });
            try {
                return answer.get();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the simulation ends");
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof SqlFailure failure) {
                    throw failure;
                }
                throw new IOException("the server has ended", failed.getCause());
            }
        }

        private <T> void run(Simulation world, Asking<T> work, CompletableFuture<T> answer) {
            if (isOver()) {
                answer.completeExceptionally(new IOException("the server has ended"));
                return;
            }
            try {
                work.ask(world, answer);
            } catch (SqlFailure failure) {
                answer.completeExceptionally(failure);
            }
        }

        @Override
        public Map<String, String> begin() throws SqlFailure, IOException {
            return ask((world, answer) -> {
                Node node = to.node();
                if (!node.postgres.isOpen()) {
                    boolean stops = node.postgres.state.startsWith("stop");
                    throw new SqlFailure(
                            "57P03", "the database system is " + (stops ? "shutting down" : "starting up"));
                }
                session = Optional.of(new DatabaseSession(world, node));
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
                answer.complete(parameters);
            });
        }

        @Override
        public DatabaseSession.Result execute(Statement statement, List<Optional<Object>> parameters)
                throws SqlFailure, IOException {
            return ask((world, answer) -> {
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

        @Override
        public List<DatabaseSession.ResultColumn> columns(Statement statement) throws SqlFailure, IOException {
            return ask((world, answer) -> answer.complete(statement.columns(session.orElseThrow())));
        }

        @Override
        public char status() {
            return cluster.with(world -> session.map(DatabaseSession::status).orElse('I'));
        }

        @Override
        public void failed() {
            cluster.with(world -> {
                session.ifPresent(DatabaseSession::fail);
                return to;
            });
        }
    }

    /** Approximate size of a statement in bytes on the wire. */
    private static final long RECORD = 100;

    private interface Asking<T> {
        void ask(Simulation world, CompletableFuture<T> answer) throws SqlFailure;
    }

    @Override
    public void close() {
        listener.close();
    }
}
