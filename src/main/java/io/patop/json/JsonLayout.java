package io.patop.json;

import java.io.IOException;
import java.util.BitSet;

/**
 * Lays JSON out on lines while it arrives, character by character, in memory that does not grow with it. Only white
 * space changes: names, strings and numbers stay as they are. Text that is not quite JSON is passed on too, laid out
 * as far as possible.
 */
public final class JsonLayout {

    private static final String STEP = "  ";

    /** Deepest level of indentation: a million brackets must not become a million million blanks. */
    private static final int DEEPEST_INDENT = 60;

    /** What a character belongs to. */
    public enum Part {
        /** The name of a field, with its quotes. */
        NAME,
        /** A string, with its quotes. */
        STRING,
        /** A number. */
        NUMBER,
        /** {@code true}, {@code false}, {@code null}. */
        WORD,
        /** Brackets, commas, colons, blanks and line ends. */
        SIGN
    }

    /** Takes the laid out text. */
    public interface Sink {
        /** Takes one more character, by its code point. */
        void put(Part part, int codePoint) throws IOException;
    }

    private final Sink sink;
    private final BitSet objects = new BitSet();
    private int depth;
    private boolean opened;
    private boolean nameNext;
    private boolean something;
    private Part running = Part.SIGN;
    private boolean inString;
    private boolean escaped;

    /** Makes a layout that begins at the left edge. */
    public JsonLayout(Sink sink) {
        this.sink = sink;
    }

    /** Takes the next code point of the text. */
    public void accept(int codePoint) throws IOException {
        if (inString) {
            string(codePoint);
            return;
        }
        switch (codePoint) {
            case ' ', '\t', '\r', '\n' -> running = Part.SIGN;
            case '{', '[' -> open(codePoint);
            case '}', ']' -> close(codePoint);
            case ',' -> {
                sign(',');
                if (depth > 0) {
                    line();
                }
                nameNext = objects.get(depth);
            }
            case ':' -> {
                sign(':');
                sink.put(Part.SIGN, ' ');
                nameNext = false;
            }
            case '"' -> {
                begin();
                running = nameNext ? Part.NAME : Part.STRING;
                inString = true;
                sink.put(running, '"');
            }
            default -> scalar(codePoint);
        }
    }

    /** Ends the last line, if there is one. */
    public void end() throws IOException {
        if (something) {
            sink.put(Part.SIGN, '\n');
        }
    }

    private void string(int codePoint) throws IOException {
        sink.put(running, codePoint);
        if (escaped) {
            escaped = false;
        } else if (codePoint == '\\') {
            escaped = true;
        } else if (codePoint == '"') {
            inString = false;
            running = Part.SIGN;
        }
    }

    private void scalar(int codePoint) throws IOException {
        if (running == Part.SIGN) {
            begin();
            running = codePoint == '-' || (codePoint >= '0' && codePoint <= '9') ? Part.NUMBER : Part.WORD;
        }
        sink.put(running, codePoint);
    }

    private void open(int bracket) throws IOException {
        begin();
        sign(bracket);
        depth++;
        objects.set(depth, bracket == '{');
        opened = true;
        nameNext = bracket == '{';
    }

    private void close(int bracket) throws IOException {
        depth = Math.max(0, depth - 1);
        if (!opened) {
            line();
        }
        opened = false;
        sign(bracket);
    }

    /** Starts a value: on a new line if it is the first in its bracket, or another one at the top. */
    private void begin() throws IOException {
        if (opened || (depth == 0 && something)) {
            line();
        }
        opened = false;
        something = true;
    }

    private void sign(int codePoint) throws IOException {
        running = Part.SIGN;
        something = true;
        sink.put(Part.SIGN, codePoint);
    }

    private void line() throws IOException {
        sink.put(Part.SIGN, '\n');
        for (int i = 0; i < Math.min(depth, DEEPEST_INDENT) * STEP.length(); i++) {
            sink.put(Part.SIGN, ' ');
        }
    }
}
