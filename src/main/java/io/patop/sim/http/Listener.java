package io.patop.sim.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A listening socket, on loopback or in the file system, with the connections that came through it. Closing it drops
 * them all, as the end of a process would.
 */
public final class Listener implements AutoCloseable {
    /**
     * Largest number of connections. Beyond it the oldest is dropped, since a frozen node's connections would pile
     * up.
     */
    private static final int CONNECTIONS = 128;

    private final ServerSocketChannel server;
    private final Executor threads;
    private final Conversation conversation;
    private final Deque<SocketChannel> open = new ArrayDeque<>();
    private boolean closed;

    /** Handles one connection. It may leave the connection open when it returns. */
    public interface Conversation {
        void begin(SocketChannel connection) throws IOException;
    }

    private Listener(ServerSocketChannel server, Executor threads, Conversation conversation) {
        this.server = server;
        this.threads = threads;
        this.conversation = conversation;
        threads.execute(this::accept);
    }

    /** Listens on a free port of 127.0.0.1. */
    public static Listener onLoopback(Executor threads, Conversation conversation) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET);
        return bound(server, new InetSocketAddress(loopback(), 0), threads, conversation);
    }

    /** Listens on a unix socket, which must not exist yet. */
    public static Listener onUnixSocket(Path path, Executor threads, Conversation conversation) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return bound(server, UnixDomainSocketAddress.of(path), threads, conversation);
    }

    private static Listener bound(
            ServerSocketChannel server, SocketAddress address, Executor threads, Conversation conversation)
            throws IOException {
        try {
            server.bind(address);
        } catch (IOException taken) {
            server.close();
            throw new IOException("cannot listen on " + address + ": " + taken.getMessage(), taken);
        }
        return new Listener(server, threads, conversation);
    }

    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    public int port() {
        return server.socket().getLocalPort();
    }

    private void accept() {
        while (true) {
            SocketChannel connection;
            try {
                connection = server.accept();
            } catch (IOException over) {
                return;
            }
            if (keep(connection)) {
                threads.execute(() -> serve(connection));
            } else {
                closeQuietly(connection);
            }
        }
    }

    private void serve(SocketChannel connection) {
        try {
            conversation.begin(connection);
        } catch (IOException gone) {
            // The other side hung up, or the node died: either way the connection is over.
            end(connection);
        } catch (RuntimeException bug) {
            end(connection);
            throw bug;
        }
    }

    private synchronized boolean keep(SocketChannel connection) {
        if (closed) {
            return false;
        }
        open.removeIf(other -> !other.isOpen());
        if (open.size() >= CONNECTIONS) {
            closeQuietly(open.removeFirst());
        }
        open.addLast(connection);
        return true;
    }

    public void end(SocketChannel connection) {
        closeQuietly(connection);
        synchronized (this) {
            open.remove(connection);
        }
    }

    /** Drops all connections and goes on listening. */
    void dropConnections() {
        List<SocketChannel> dropped;
        synchronized (this) {
            dropped = new ArrayList<>(open);
            open.clear();
        }
        dropped.forEach(Listener::closeQuietly);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        Path file = null;
        try {
            if (server.getLocalAddress() instanceof UnixDomainSocketAddress address) {
                file = address.getPath();
            }
        } catch (IOException alreadyClosed) {
            file = null;
        }
        closeQuietly(server);
        dropConnections();
        if (file != null) {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            // The directory is removed next, and that fails if the file is still there.
        }
    }

    private static void closeQuietly(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception over) {
            // It was to be closed anyway.
        }
    }
}
