package io.patop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A server on a loopback port or a unix socket that goes wrong in one given way on each connection, once it has
 * read a request and unless it has a sane answer to that.
 */
public final class BrokenServer implements AutoCloseable {

    /** What it does with a connection. Returns when the client has gone, or at once where the server ends it. */
    public interface Fault {
        void on(Connection connection) throws IOException, InterruptedException;
    }

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final ServerSocketChannel listening;
    private final String endOfRequest;
    private final Function<String, Optional<String>> sane;
    private final Fault fault;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    private BrokenServer(
            SocketAddress address, String endOfRequest, Function<String, Optional<String>> sane, Fault fault)
            throws IOException {
        listening = address instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        listening.bind(address);
        this.endOfRequest = endOfRequest;
        this.sane = sane;
        this.fault = fault;
        threads.execute(this::accept);
    }

    /** On a free port. */
    public static BrokenServer tcp(String endOfRequest, Function<String, Optional<String>> sane, Fault fault)
            throws IOException {
        return new BrokenServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), endOfRequest, sane, fault);
    }

    /** On that path. */
    public static BrokenServer unix(
            Path socket, String endOfRequest, Function<String, Optional<String>> sane, Fault fault) throws IOException {
        return new BrokenServer(UnixDomainSocketAddress.of(socket), endOfRequest, sane, fault);
    }

    /** Whatever can go wrong with HTTP, by name. */
    public static Map<String, Fault> httpFaults(String redirectTo) {
        Map<String, Fault> faults = new LinkedHashMap<>(lineFaults());
        faults.put("hangs in the head", saysAndHangs(OK + "Content-"));
        faults.put("hangs in the body", saysAndHangs(OK + "Content-Length: 1000\r\n\r\n{\"Na"));
        faults.put("hangs in a chunk", saysAndHangs(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"N"));
        faults.put("resets in the body", connection -> {
            connection.say(OK + "Content-Length: 1000\r\n\r\n{");
            connection.reset();
        });
        faults.put("drips its head", drips(OK, "X"));
        faults.put("drips its body", drips(OK + "\r\n", " "));
        faults.put("drips in chunks", drips(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"));
        faults.put("has an endless head", endless(OK, "X-Again: and again\r\n".repeat(100)));
        faults.put("has an endless line in its head", endless(OK + "X: ", "x".repeat(4096)));
        faults.put("has an endless body", endless(OK + "\r\n", "[".repeat(4096)));
        faults.put(
                "has an endless body of chunks",
                endless(OK + "Transfer-Encoding: chunked\r\n\r\n", "1000\r\n" + "[".repeat(4096) + "\r\n"));
        faults.put(
                "has endless trailers",
                endless(
                        OK + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n",
                        "X-Again: and again\r\n".repeat(100)));
        faults.put("always wants to continue", endless("", "HTTP/1.1 100 Continue\r\n\r\n".repeat(20)));
        faults.put("is shorter than it says", says(OK + "Content-Length: 1000\r\n\r\n{}"));
        faults.put("is longer than it says", says(OK + "Content-Length: 2\r\n\r\n{}" + "garbage".repeat(100)));
        faults.put("has a negative length", says(OK + "Content-Length: -5\r\n\r\n{}"));
        faults.put("has a huge length", says(OK + "Content-Length: 99999999999999999999\r\n\r\n{}"));
        faults.put("has two lengths", says(OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x"));
        faults.put("has broken chunks", says(OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"));
        faults.put("says gzip and is none", says(OK + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"));
        faults.put(
                "redirects",
                says("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + redirectTo + "\r\nContent-Length: 0\r\n\r\n"));
        faults.put(
                "redirects for good",
                says("HTTP/1.1 301 Moved\r\nLocation: " + redirectTo + "\r\nContent-Length: 0\r\n\r\n"));
        faults.put("has no such status", says("HTTP/1.1 99999 What\r\nContent-Length: 0\r\n\r\n"));
        faults.put("is empty", says(OK + "Content-Length: 0\r\n\r\n"));
        faults.put(
                "is not UTF-8",
                connection -> connection.say(concat(
                        bytes(OK + "Content-Length: 6\r\n\r\n"),
                        new byte[] {(byte) 0xff, (byte) 0xfe, 0, '{', (byte) 0xc3, 0})));
        faults.put(
                "has huge numbers",
                body("{\"Name\":" + "9".repeat(900) + ",\"Swarm\":{\"NodeID\":1e999999999},\"NCPU\":1e999999999}"));
        faults.put("has endless digits", body("{\"NCPU\":" + "9".repeat(100_000) + "}"));
        faults.put("is no number", body("{\"NCPU\":NaN}"));
        faults.put("is deep", body("[".repeat(200_000)));
        faults.put("is deep in objects", body("{\"a\":".repeat(200_000)));
        faults.put("is HTTP/1.0 without a head", says("HTTP/1.0 200 OK\r\n\r\n"));
        faults.put("is a page", body("<html><body>welcome</body></html>"));
        return faults;
    }

    /** Whatever can go wrong where a line is asked and all that follows is the answer. */
    public static Map<String, Fault> lineFaults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("hangs", Connection::waitUntilGone);
        faults.put("closes without a word", connection -> {});
        faults.put("resets", Connection::reset);
        faults.put("is a banner", says("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"));
        faults.put("is a banner that waits", saysAndHangs("220 mail.example.com ESMTP ready\r\n"));
        faults.put("is a line without end", endless("", "x".repeat(4096)));
        faults.put("drips without end", drips("", "x"));
        faults.put("is lines without end", endless("", "\n\n\n\n# pxname,svname,\n\n".repeat(100)));
        faults.put("is NULs", says("\0".repeat(10_000)));
        return faults;
    }

    private static Fault says(String answer) {
        return connection -> connection.say(answer);
    }

    private static Fault body(String body) {
        return says(OK + "Content-Type: application/json\r\nContent-Length: " + bytes(body).length + "\r\n\r\n" + body);
    }

    private static Fault saysAndHangs(String beginning) {
        return connection -> {
            connection.say(beginning);
            connection.waitUntilGone();
        };
    }

    private static Fault drips(String beginning, String drop) {
        return connection -> {
            connection.say(beginning);
            while (true) {
                connection.say(drop);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        };
    }

    private static Fault endless(String beginning, String block) {
        return connection -> {
            connection.say(beginning);
            while (true) {
                connection.say(block);
            }
        };
    }

    /** One connection. */
    public static final class Connection {
        private final SocketChannel channel;
        private final InputStream in;

        private Connection(SocketChannel channel) {
            this.channel = channel;
            this.in = Channels.newInputStream(channel);
        }

        void say(String text) throws IOException {
            say(bytes(text));
        }

        void say(byte[] bytes) throws IOException {
            ByteBuffer out = ByteBuffer.wrap(bytes);
            while (out.hasRemaining()) {
                int unused = channel.write(out);
            }
        }

        void waitUntilGone() throws IOException {
            long unused = in.transferTo(OutputStream.nullOutputStream());
        }

        void reset() throws IOException {
            if (channel.getLocalAddress() instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        }
    }

    /** The port, if it has one. */
    public int port() {
        try {
            return ((InetSocketAddress) listening.getLocalAddress()).getPort();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** The requests that have come, whole. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Connections that have not ended. */
    public int open() {
        return open.get();
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                SocketChannel channel = listening.accept();
                connections.add(channel);
                open.incrementAndGet();
                threads.execute(() -> serve(channel));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            Connection connection = new Connection(channel);
            while (true) {
                String request = read(connection.in);
                requests.add(request);
                Optional<String> answer = sane.apply(request);
                if (answer.isEmpty()) {
                    fault.on(connection);
                    return;
                }
                connection.say(answer.get());
            }
        } catch (IOException clientGone) {
            // What the client does then is what the tests ask about.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
        }
    }

    private String read(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf(endOfRequest) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client has gone");
            }
            request.append((char) next);
        }
        return request.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (SocketChannel channel : connections) {
            channel.close();
        }
        threads.shutdownNow();
    }
}
