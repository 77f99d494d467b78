package io.patop.screen.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes pasted text out of the typed bytes: a terminal in bracketed paste mode (xterm's 2004) sends it between two
 * marks. If it were taken for keys, a pasted {@code Ky} would kill the leader. The key {@code F19} is passed on in
 * its place, and the text is kept for the reader of that key.
 */
final class PasteFilter implements FilteredInput.Filter {

    /** The sequence that makes the terminal mark pasted text. */
    static final String ON = "\u001b[?2004h";

    /** The sequence that makes the terminal stop marking pasted text. */
    static final String OFF = "\u001b[?2004l";

    private static final byte[] START = bytes("\u001b[200~");
    private static final byte[] END = bytes("\u001b[201~");
    private static final byte[] F19 = bytes("\u001b[33~");

    /** Longest paste that is kept; the rest is dropped, since no line here takes more. */
    private static final int LONGEST = 4096;

    private final Charset charset;
    private final Queue<String> pasted = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream paste = new ByteArrayOutputStream();
    private int matched;
    private boolean inPaste;

    PasteFilter(Charset charset) {
        this.charset = charset;
    }

    /** Returns the text of the next paste that has ended. For any thread. */
    Optional<String> pasted() {
        return Optional.ofNullable(pasted.poll());
    }

    @Override
    public void pause(ByteArrayOutputStream out) {
        // A lone Escape is a key; no key begins with "Escape [" and ends there.
        if (!inPaste && matched == 1) {
            out.write(START[0]);
            matched = 0;
        }
    }

    @Override
    public boolean isInside() {
        return inPaste;
    }

    @Override
    public void take(byte one, ByteArrayOutputStream out) {
        byte[] mark = inPaste ? END : START;
        if (one == mark[matched]) {
            matched++;
            if (matched == mark.length) {
                matched = 0;
                toggle(out);
            }
            return;
        }
        int unmatched = matched;
        matched = 0;
        pass(mark, unmatched, out);
        if (unmatched > 0) {
            take(one, out);
        } else {
            pass(new byte[] {one}, 1, out);
        }
    }

    private void toggle(ByteArrayOutputStream out) {
        if (inPaste) {
            pasted.add(paste.toString(charset));
            paste.reset();
            out.writeBytes(F19);
        }
        inPaste = !inPaste;
    }

    private void pass(byte[] bytes, int count, ByteArrayOutputStream out) {
        if (!inPaste) {
            out.write(bytes, 0, count);
        } else if (paste.size() + count <= LONGEST) {
            paste.write(bytes, 0, count);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
