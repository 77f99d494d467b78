package io.patop.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a probe meets with at PgBouncer 1.18, as was seen at a real one: a number of its own for each session, and a
 * database {@code pgbouncer} that is its console. It takes simple queries, and refuses SET.
 */
final class PoolerRelay implements AutoCloseable {

    private static final int OWN_NUMBER = -1_234_567;

    private final ServerSocket listening;
    private final int server;
    private final Optional<Map<String, List<List<String>>>> console;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * Listens on a port of its own.
     *
     * @param server the port of the server behind it
     * @param console for each query that the console knows the rows, the titles first; empty if the role may not use it
     */
    PoolerRelay(int server, Optional<Map<String, List<List<String>>>> console) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        this.console = console;
        begin(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void begin(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // One side has closed, and so ends the other.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            open.add(client);
            begin(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            byte[] startup = in.readNBytes(in.readInt() - 4);
            if (new String(startup, StandardCharsets.UTF_8).contains("database\0pgbouncer\0")) {
                console(in, new DataOutputStream(client.getOutputStream()));
                return;
            }
            try (Socket to = new Socket(InetAddress.getLoopbackAddress(), server)) {
                open.add(to);
                DataOutputStream out = new DataOutputStream(to.getOutputStream());
                out.writeInt(startup.length + 4);
                out.write(startup);
                begin(() -> {
                    try (client) {
                        answers(new DataInputStream(to.getInputStream()), client.getOutputStream());
                    }
                });
                in.transferTo(out);
            }
        }
    }

    private static void answers(DataInputStream from, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        while (true) {
            byte type = from.readByte();
            byte[] body = from.readNBytes(from.readInt() - 4);
            if (type == 'K') {
                send(out, 'K', bytes -> {
                    bytes.writeInt(OWN_NUMBER);
                    bytes.writeInt(1);
                });
            } else {
                send(out, (char) type, bytes -> bytes.write(body));
            }
        }
    }

    private interface Body {
        void write(DataOutputStream bytes) throws IOException;
    }

    private static void send(DataOutputStream out, char type, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        out.writeByte(type);
        out.writeInt(bytes.size() + 4);
        out.write(bytes.toByteArray());
        out.flush();
    }

    private static void text(DataOutputStream bytes, String text) throws IOException {
        bytes.write(text.getBytes(StandardCharsets.UTF_8));
        bytes.writeByte(0);
    }

    private static void error(DataOutputStream out, String severity, String message) throws IOException {
        send(out, 'E', bytes -> {
            text(bytes, "S" + severity);
            text(bytes, "C08P01");
            text(bytes, "M" + message);
            bytes.writeByte(0);
        });
    }

    private void console(DataInputStream in, DataOutputStream out) throws IOException {
        if (console.isEmpty()) {
            error(out, "FATAL", "not allowed");
            return;
        }
        send(out, 'R', bytes -> bytes.writeInt(0));
        for (String parameter :
                List.of("server_version\0001.18.0/bouncer", "client_encoding\0UTF8", "DateStyle\0ISO")) {
            send(out, 'S', bytes -> text(bytes, parameter));
        }
        send(out, 'Z', bytes -> bytes.writeByte('I'));
        while (true) {
            byte type = in.readByte();
            String query = new String(in.readNBytes(in.readInt() - 4), StandardCharsets.UTF_8).replace("\0", "");
            if (type != 'Q') {
                error(out, "FATAL", "command not supported");
                return;
            }
            answer(out, Optional.ofNullable(console.get().get(query)));
        }
    }

    private static void answer(DataOutputStream out, Optional<List<List<String>>> rows) throws IOException {
        if (rows.isEmpty()) {
            error(out, "ERROR", "admin access needed");
        } else {
            for (List<String> row : rows.get()) {
                boolean titles = row.equals(rows.get().get(0));
                send(out, titles ? 'T' : 'D', bytes -> row(bytes, row, titles));
            }
            send(out, 'C', bytes -> text(bytes, "SHOW"));
        }
        send(out, 'Z', bytes -> bytes.writeByte('I'));
    }

    private static void row(DataOutputStream bytes, List<String> row, boolean titles) throws IOException {
        bytes.writeShort(row.size());
        for (String value : row) {
            if (titles) {
                text(bytes, value);
                bytes.writeInt(0);
                bytes.writeShort(0);
                bytes.writeInt(25);
                bytes.writeShort(-1);
                bytes.writeInt(-1);
                bytes.writeShort(0);
            } else {
                bytes.writeInt(value.length());
                bytes.writeBytes(value);
            }
        }
    }
}
