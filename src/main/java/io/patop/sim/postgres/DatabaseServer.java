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
    private final class Client implements PgConversation.Server {
        private final SocketChannel connection;
        private final Route to;
        private final RoutedSession session;

        Client(SocketChannel connection, Route to) {
            this.connection = connection;
            this.to = to;
            this.session = cluster.with(world -> new RoutedSession(world, to, () -> listener.end(connection)));
        }

        void serve() throws IOException {
            try {
                DataInputStream in = new DataInputStream(Channels.newInputStream(connection));
                new PgConversation(in, this::send, this).run();
            } finally {
                cluster.with(world -> {
                    session.close();
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

        /** Waits for an answer, which a frozen node does not give until it is thawed. */
        private <T> T await(Function<RoutedSession, CompletableFuture<T>> work) throws SqlFailure, IOException {
            CompletableFuture<T> answer = cluster.with(world -> work.apply(session));
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

        @Override
        public Map<String, String> begin() throws SqlFailure, IOException {
            return await(RoutedSession::begin);
        }

        @Override
        public DatabaseSession.Result execute(Statement statement, List<Optional<Object>> parameters)
                throws SqlFailure, IOException {
            return await(asked -> asked.execute(statement, parameters));
        }

        @Override
        public List<DatabaseSession.ResultColumn> columns(Statement statement) throws SqlFailure, IOException {
            return await(asked -> asked.columns(statement));
        }

        @Override
        public char status() {
            return cluster.with(world -> session.status());
        }

        @Override
        public void failed() {
            cluster.with(world -> {
                session.failed();
                return to;
            });
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
