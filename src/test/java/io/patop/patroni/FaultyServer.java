package io.patop.patroni;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a free loopback port that goes wrong in one given way on each connection: what a network, a
 * dying node or another program on Patroni's port does. It knows when its clients hang up.
 */
final class FaultyServer implements AutoCloseable {

    /** What the server does with one connection, once the request's head has come. */
    interface Fault {
        void on(FaultyServer server, Socket connection) throws IOException, InterruptedException;
    }

    private final ServerSocket listening;
    private final boolean readsRequests;
    private final Fault fault;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Semaphore hungUp = new Semaphore(0);

    private FaultyServer(ServerSocket listening, boolean readsRequests, Fault fault) {
        this.listening = listening;
        this.readsRequests = readsRequests;
        this.fault = fault;
        threads.execute(this::accept);
    }

    /** Reads each request, then does that. */
    static FaultyServer that(Fault fault) throws IOException {
        return new FaultyServer(loopback(), true, fault);
    }

    /** Does that without reading anything first. */
    static FaultyServer thatAtOnce(Fault fault) throws IOException {
        return new FaultyServer(loopback(), false, fault);
    }

    static FaultyServer on(ServerSocket listening, Fault fault) {
        return new FaultyServer(listening, true, fault);
    }

    /** Reads each request, writes that text and ends the connection in an orderly way. */
    static FaultyServer saying(String answer) throws IOException {
        return that((server, connection) -> say(connection, answer));
    }

    static void say(Socket connection, String text) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Patroni's own way: HTTP/1.0, no length, the end of the connection ends the body. */
    static String http10(String statusLine, String contentType, String body) {
        return "HTTP/1.0 " + statusLine + "\r\nServer: BaseHTTP/0.6 Python/3.11.2\r\nContent-Type: " + contentType
                + "\r\n\r\n" + body;
    }

    ApiUrl url() {
        return ApiUrl.parse("http://127.0.0.1:" + listening.getLocalPort());
    }

    int port() {
        return listening.getLocalPort();
    }

    /** How many connections have come. */
    int accepted() {
        return accepted.get();
    }

    /** The heads of the requests that have come. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Holds the connection, saying nothing, until the client hangs up. */
    void waitForHangUp(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } finally {
            hungUp.release();
        }
    }

    /** Writes for ever, with or without pauses, until the client hangs up. */
    void drip(Socket connection, String head, String drop, long pauseMillis) throws IOException, InterruptedException {
        say(connection, head);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                say(connection, drop);
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
            }
        } finally {
            hungUp.release();
        }
    }

    /** Whether one came within that time. */
    boolean sawHangUp(Duration within) throws InterruptedException {
        return hungUp.tryAcquire(1, within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether so many clients have hung up; waits for it at most half a minute. */
    boolean sawHangUps(int count) throws InterruptedException {
        return hungUp.tryAcquire(count, 30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a connection of the faulty server does not end");
            }
        } catch (InterruptedException testEnded) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                accepted.incrementAndGet();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            if (readsRequests) {
                requests.add(head(connection.getInputStream()));
            }
            fault.on(this, connection);
        } catch (IOException clientGone) {
            // What the client does with its end is what the tests ask about.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client has gone");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** A port on which nothing listens any more. */
    static int refusedPort() {
        try (ServerSocket probe = loopback()) {
            return probe.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
