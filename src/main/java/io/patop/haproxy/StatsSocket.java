package io.patop.haproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stats socket: sends one line of commands on a connection of its own, and reads until HAProxy closes it. It uses a
 * selector, since a blocking channel's read cannot be bounded in time.
 */
final class StatsSocket {

    private final ProxyEndpoint endpoint;
    private final int mostBytes;

    /** The answer is larger than the bound. */
    static final class TooLarge extends IOException {}

    StatsSocket(ProxyEndpoint endpoint, int mostBytes) {
        this.endpoint = endpoint;
        this.mostBytes = mostBytes;
    }

    /**
     * Sends one line and reads the whole answer.
     *
     * @throws TimeoutException if the answer has not ended within the bound
     */
    String ask(String line, Duration bound) throws IOException, TimeoutException {
        long end = System.nanoTime() + bound.toNanos();
        try (SocketChannel channel = open();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, 0);
            if (!connect(channel)) {
                key.interestOps(SelectionKey.OP_CONNECT);
                do {
                    await(selector, end);
                } while (!channel.finishConnect());
            }
            key.interestOps(SelectionKey.OP_WRITE);
            ByteBuffer out = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (out.hasRemaining()) {
                await(selector, end);
                int unused = channel.write(out);
            }
            key.interestOps(SelectionKey.OP_READ);
            return read(channel, selector, end);
        }
    }

    private SocketChannel open() throws IOException {
        return endpoint instanceof ProxyEndpoint.Unix
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    private boolean connect(SocketChannel channel) throws IOException {
        if (endpoint instanceof ProxyEndpoint.Unix unix) {
            return channel.connect(UnixDomainSocketAddress.of(unix.path()));
        }
        ProxyEndpoint.Tcp tcp = (ProxyEndpoint.Tcp) endpoint;
        InetSocketAddress address = new InetSocketAddress(tcp.host(), tcp.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(tcp.host());
        }
        return channel.connect(address);
    }

    private String read(SocketChannel channel, Selector selector, long end) throws IOException, TimeoutException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.allocate(1 << 16);
        while (true) {
            await(selector, end);
            int read = channel.read(in);
            if (read < 0) {
                return answer.toString(StandardCharsets.UTF_8);
            }
            answer.write(in.array(), 0, in.position());
            in.clear();
            if (answer.size() > mostBytes) {
                throw new TooLarge();
            }
        }
    }

    private static void await(Selector selector, long end) throws IOException, TimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || Thread.interrupted()) {
            throw new TimeoutException();
        }
        selector.selectedKeys().clear();
        int unused = selector.select(left);
    }
}
