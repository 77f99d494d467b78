package io.patop.docker;

import io.patop.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes a log as the engine streams it, and keeps its last lines. A log of a container without a terminal comes in
 * frames of both streams, each with a header of eight bytes; with a terminal it comes as it is. Engines before 23 do
 * not tell which, but every line begins with its time, and no time begins like a header.
 */
final class LogDecoder {

    private static final int HEADER = 8;

    /** Largest part of one line that is kept, in bytes: as much as the engine keeps in one piece. */
    private static final int LONGEST_LINE = 16 << 10;

    /** The last kind of frame: the engine's own words about a log that it cannot get. */
    private static final int ENGINE = 3;

    private final LogSpan span;
    private final int mostBytes;
    private final Deque<LogLine> lines = new ArrayDeque<>();
    private final List<String> troubles = new ArrayList<>();
    private final Map<LogLine.Stream, ByteArrayOutputStream> unfinished = new EnumMap<>(LogLine.Stream.class);
    private long bytes;

    /**
     * Makes a decoder of one stream.
     *
     * @param span which lines are kept
     * @param mostBytes how much is read at most
     */
    LogDecoder(LogSpan span, int mostBytes) {
        this.span = span;
        this.mostBytes = mostBytes;
    }

    /** Reads the stream to its end, or as far as the bound goes. */
    LogLines read(InputStream stream) throws IOException {
        PushbackInputStream in = new PushbackInputStream(stream, HEADER);
        byte[] first = in.readNBytes(HEADER);
        in.unread(first);
        if (isHeader(first)) {
            frames(in);
        } else {
            plain(in);
        }
        for (LogLine.Stream each : LogLine.Stream.values()) {
            endLine(each);
        }
        return new LogLines(List.copyOf(lines), lines.size() == span.lines(), troubles);
    }

    private static boolean isHeader(byte[] header) {
        return header.length == HEADER
                && header[0] >= 0
                && header[0] <= ENGINE
                && header[1] == 0
                && header[2] == 0
                && header[3] == 0;
    }

    private void frames(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        while (header.length == HEADER) {
            if (!isHeader(header)) {
                troubles.add("the rest of the log is damaged, and left out");
                return;
            }
            long size = Integer.toUnsignedLong(ByteBuffer.wrap(header, 4, 4).getInt());
            if (header[0] == ENGINE) {
                troubles.add(Printable.line(
                        new String(in.readNBytes((int) Math.min(size, LONGEST_LINE)), StandardCharsets.UTF_8).strip()));
                in.skipNBytes(Math.max(0, size - LONGEST_LINE));
            } else if (!payload(in, header[0] == 2 ? LogLine.Stream.ERR : LogLine.Stream.OUT, size)) {
                return;
            }
            header = in.readNBytes(HEADER);
        }
    }

    /** Takes one frame; returns whether the stream goes on within the bound. */
    private boolean payload(InputStream in, LogLine.Stream stream, long size) throws IOException {
        long left = size;
        while (left > 0) {
            byte[] part = in.readNBytes((int) Math.min(left, LONGEST_LINE));
            if (part.length == 0) {
                return false;
            }
            left -= part.length;
            take(stream, part);
            if (isTooMuch()) {
                return false;
            }
        }
        return true;
    }

    private void plain(InputStream in) throws IOException {
        byte[] part = in.readNBytes(LONGEST_LINE);
        while (part.length > 0) {
            take(LogLine.Stream.OUT, part);
            if (isTooMuch()) {
                return;
            }
            part = in.readNBytes(LONGEST_LINE);
        }
    }

    private boolean isTooMuch() {
        if (bytes > mostBytes) {
            troubles.add("the log has more than " + (mostBytes >> 20) + " MiB in these lines: the newest are left out");
            return true;
        }
        return false;
    }

    private void take(LogLine.Stream stream, byte[] part) {
        bytes += part.length;
        ByteArrayOutputStream line = unfinished.computeIfAbsent(stream, absent -> new ByteArrayOutputStream());
        for (byte next : part) {
            if (next == '\n') {
                endLine(stream);
            } else if (line.size() < LONGEST_LINE) {
                line.write(next);
            }
        }
    }

    private void endLine(LogLine.Stream stream) {
        ByteArrayOutputStream line = unfinished.get(stream);
        if (line == null || line.size() == 0) {
            return;
        }
        LogLine whole = line(stream, line.toString(StandardCharsets.UTF_8));
        line.reset();
        // An engine that knows no end of the span (of a service) sends more.
        if (!span.includes(whole)) {
            return;
        }
        lines.add(whole);
        if (lines.size() > span.lines()) {
            lines.removeFirst();
        }
    }

    private static LogLine line(LogLine.Stream stream, String text) {
        int space = text.indexOf(' ');
        Optional<Instant> at = time(space < 0 ? text : text.substring(0, space));
        String rest = at.isEmpty() ? text : space < 0 ? "" : text.substring(space + 1);
        return new LogLine(
                at, stream, Printable.line(rest.endsWith("\r") ? rest.substring(0, rest.length() - 1) : rest));
    }

    private static Optional<Instant> time(String text) {
        if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
