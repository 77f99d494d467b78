package io.patop.command;

import io.patop.cluster.RawAnswer;
import io.patop.command.shell.TerminalText;
import io.patop.json.Json;
import io.patop.json.JsonText;
import io.patop.patroni.RawApi;
import io.patop.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prints an answer while it arrives: unchanged to a pipe, as safe text to a terminal. It holds no more than one piece
 * of it.
 */
final class GetOutput implements RawApi.Receiver {

    /**
     * How to print.
     *
     * @param terminal whether the output is a terminal
     * @param raw whether the layout stays as it was sent
     * @param colored whether JSON is coloured
     * @param include whether status and headers are printed first
     */
    record Style(boolean terminal, boolean raw, boolean colored, boolean include) {

        boolean isLaidOut() {
            return (terminal || colored) && !raw;
        }
    }

    private final OutputStream out;
    private final Style style;
    private Optional<TerminalText> text = Optional.empty();
    private volatile boolean closed;
    private volatile int status;
    private volatile long bytes;

    GetOutput(OutputStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public void head(int code, Map<String, String> headers) throws IOException {
        status = code;
        if (style.terminal() || style.isLaidOut()) {
            boolean json = headers.getOrDefault("content-type", "").contains("json");
            text = Optional.of(new TerminalText(out, json && style.isLaidOut(), style.colored() && style.isLaidOut()));
        }
        if (style.include()) {
            StringBuilder lines = new StringBuilder("HTTP " + RawAnswer.text(code) + "\n");
            headers.forEach((name, value) ->
                    lines.append(Printable.line(name + ": " + value)).append('\n'));
            write(ByteBuffer.wrap(lines.append('\n').toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one piece after the other; only read elsewhere
    public void piece(ByteBuffer piece) throws IOException {
        bytes += piece.remaining();
        try {
            if (text.isPresent()) {
                text.get().accept(piece);
                out.flush();
            } else {
                write(piece);
            }
        } catch (IOException gone) {
            closed = true;
            throw gone;
        }
    }

    /** Prints values in place of a body. */
    void values(List<Json> values) throws IOException {
        for (Json value : values) {
            boolean bare = style.raw() && value instanceof Json.Scalar;
            String line = bare ? ((Json.Scalar) value).text() : JsonText.of(value);
            if (style.isLaidOut()) {
                TerminalText laidOut = new TerminalText(out, true, style.colored());
                laidOut.accept(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
                laidOut.end();
            } else {
                String shown = style.terminal() ? Printable.line(line) : line;
                write(ByteBuffer.wrap((shown + "\n").getBytes(StandardCharsets.UTF_8)));
            }
        }
        text = Optional.empty();
    }

    /** Called when no more will come. */
    void end() throws IOException {
        if (closed) {
            return;
        }
        try {
            if (text.isPresent()) {
                text.get().end();
            }
            out.flush();
        } catch (IOException gone) {
            closed = true;
        }
    }

    /** Returns whether the reader of the output has gone. */
    boolean isClosed() {
        return closed;
    }

    int status() {
        return status;
    }

    long bytes() {
        return bytes;
    }

    private void write(ByteBuffer piece) throws IOException {
        try {
            byte[] chunk = new byte[piece.remaining()];
            piece.get(chunk);
            out.write(chunk);
            out.flush();
        } catch (IOException gone) {
            closed = true;
            throw gone;
        }
    }
}
