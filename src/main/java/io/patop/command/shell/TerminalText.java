package io.patop.command.shell;

import io.patop.json.JsonLayout;
import io.patop.json.JsonText;
import io.patop.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Prints a body of any length as text for a terminal: JSON laid out and coloured, anything else line by line. Control
 * characters are escaped in JSON's strings, and replaced elsewhere.
 */
public final class TerminalText {

    private final OutputStream out;
    private final boolean json;
    private final boolean colored;
    private final JsonLayout layout = new JsonLayout(this::put);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    private char high;
    private String color = "";
    private boolean lineOpen;

    public TerminalText(OutputStream out, boolean json, boolean colored) {
        this.out = out;
        this.json = json;
        this.colored = colored;
    }

    /** Takes the next bytes, which may end in the middle of a character. */
    public void accept(ByteBuffer piece) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(undecoded.remaining() + piece.remaining());
        all.put(undecoded).put(piece).flip();
        decode(all, false);
        undecoded = all;
    }

    /** Ends the last line and the last colour; called when no more will come. */
    public void end() throws IOException {
        decode(undecoded, true);
        if (json) {
            layout.end();
        } else if (lineOpen) {
            text('\n');
        }
        color("");
        out.flush();
    }

    private void decode(ByteBuffer bytes, boolean last) throws IOException {
        CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 2);
        decoder.decode(bytes, chars, last);
        chars.flip();
        while (chars.hasRemaining()) {
            take(chars.get());
        }
    }

    private void take(char unit) throws IOException {
        if (Character.isHighSurrogate(unit)) {
            high = unit;
            return;
        }
        int point = Character.isLowSurrogate(unit) ? Character.toCodePoint(high, unit) : unit;
        if (json) {
            layout.accept(point);
        } else {
            text(point);
        }
    }

    private void text(int point) throws IOException {
        boolean layoutSign = point == '\n' || point == '\t';
        if (point == '\r') {
            return;
        }
        lineOpen = point != '\n';
        write(layoutSign || JsonText.isPlain(point) ? point : Printable.REPLACEMENT);
    }

    private void put(JsonLayout.Part part, int point) throws IOException {
        color(
                switch (part) {
                    case NAME -> "\u001b[36m";
                    case STRING -> "\u001b[32m";
                    case NUMBER -> "\u001b[1m";
                    case WORD -> "\u001b[35m";
                    case SIGN -> "";
                });
        if (point == '\n' || JsonText.isPlain(point)) {
            write(point);
        } else if (part == JsonLayout.Part.STRING || part == JsonLayout.Part.NAME) {
            StringBuilder escaped = new StringBuilder();
            JsonText.escape(escaped, point);
            out.write(escaped.toString().getBytes(StandardCharsets.US_ASCII));
        } else {
            write(Printable.REPLACEMENT);
        }
    }

    private void color(String wanted) throws IOException {
        if (colored && !wanted.equals(color)) {
            String codes = (color.isEmpty() ? "" : "\u001b[0m") + wanted;
            out.write(codes.getBytes(StandardCharsets.US_ASCII));
            color = wanted;
        }
    }

    private void write(int point) throws IOException {
        if (point < 0x80) {
            out.write(point);
        } else {
            out.write(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        }
    }
}
