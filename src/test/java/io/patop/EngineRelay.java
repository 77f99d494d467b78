package io.patop;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A socket before an engine's own, that can be taken away and put back, or made to hang, while the engine goes on. */
final class EngineRelay implements AutoCloseable {

    private final Path engine;
    private final Path socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
    private volatile ServerSocketChannel server;
    private volatile boolean hangs;

    /** One that leads to the engine at that socket. */
    EngineRelay(Path engine, Path socket) throws IOException {
        this.engine = engine;
        this.socket = socket;
        putBack();
    }

    /** The socket is there and leads to the engine, as after its restart. */
    void putBack() throws IOException {
        hangs = false;
        Files.deleteIfExists(socket);
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        server = listening;
        threads.execute(() -> accept(listening));
    }

    /** Nobody listens any more; the file is still there, as of an engine that was killed. */
    void refuse() throws IOException {
        server.close();
        for (SocketChannel each : open) {
            each.close();
        }
        open.clear();
    }

    /** It is not there at all. */
    void remove() throws IOException {
        refuse();
        Files.deleteIfExists(socket);
    }

    /** It accepts and never answers. */
    void hang() {
        hangs = true;
    }

    @Override
    public void close() throws IOException {
        remove();
        threads.shutdownNow();
    }

    private void accept(ServerSocketChannel listening) {
        try {
            while (listening.isOpen()) {
                SocketChannel client = listening.accept();
                open.add(client);
                if (!hangs) {
                    SocketChannel there = SocketChannel.open(UnixDomainSocketAddress.of(engine));
                    open.add(there);
                    threads.execute(() -> copy(client, there));
                    threads.execute(() -> copy(there, client));
                }
            }
        } catch (IOException closed) {
            open.removeIf(each -> !each.isOpen());
        }
    }

    private void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        try (from;
                to) {
            while (from.read(bytes) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                bytes.clear();
            }
        } catch (IOException gone) {
            bytes.clear();
        }
        open.remove(from);
        open.remove(to);
    }
}
