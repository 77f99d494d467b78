package io.patop.sim.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one HTTP request from a connection and writes one answer, after which the connection closes, as with Python's
 * http.server.
 */
public final class HttpConversation {
    private static final int LONGEST_LINE = 64 << 10;
    private static final int MOST_HEADERS = 100;
    private static final int LARGEST_BODY = 1 << 20;

    private HttpConversation() {}

    /** Reads one request; its body only if a length is given. */
    public static Request read(SocketChannel connection) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
        String[] first = line(in).split(" ", -1);
        if (first.length != 3 || !first[2].startsWith("HTTP/")) {
            throw new IOException("not an HTTP request");
        }
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon < 0 || headers.size() >= MOST_HEADERS) {
                throw new IOException("not an HTTP header");
            }
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return Request.of(first[0], first[1], body(in, headers));
    }

    private static Optional<String> body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return Optional.of(chunks(in));
        }
        String length = headers.get("content-length");
        if (length == null) {
            return Optional.empty();
        }
        if (!length.matches("\\d{1,7}") || Integer.parseInt(length) > LARGEST_BODY) {
            throw new IOException("a body of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(Integer.parseInt(length));
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            if (!size.matches("[0-9a-fA-F]{1,6}") || body.size() > LARGEST_BODY) {
                throw new IOException("not a chunk");
            }
            int length = Integer.parseInt(size, 16);
            body.write(in.readNBytes(length));
            line(in);
            if (length == 0) {
                return body.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > LONGEST_LINE) {
                throw new IOException("the request ended early");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Writes all bytes. */
    public static void write(SocketChannel connection, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            connection.write(buffer);
        }
    }
}
