package io.patop.control.place;

import io.patop.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of what a program prints. All is read, so that the program never waits, and little is kept. */
final class OutputTail {

    private static final int KEPT = 4096;
    private static final int LONGEST = 300;

    /** So many lines are shown as one; of more only the last, which usually tells the reason. */
    private static final int FEW = 3;

    private final byte[] ring = new byte[KEPT];
    private final CountDownLatch whole = new CountDownLatch(1);
    private long count;

    private OutputTail() {}

    /** Reads that stream on a thread of its own. */
    static OutputTail of(InputStream stream) {
        OutputTail tail = new OutputTail();
        Thread reader = new Thread(() -> tail.read(stream), "patop-program-output");
        reader.setDaemon(true);
        reader.start();
        return tail;
    }

    private void read(InputStream stream) {
        byte[] buffer = new byte[KEPT];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException broken) {
            // What was read until then is what it said.
        } finally {
            whole.countDown();
        }
    }

    private synchronized void keep(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (count++ % KEPT)] = buffer[i];
        }
    }

    private synchronized String text() {
        int length = (int) Math.min(count, KEPT);
        byte[] kept = new byte[length];
        for (int i = 0; i < length; i++) {
            kept[i] = ring[(int) ((count - length + i) % KEPT)];
        }
        return new String(kept, StandardCharsets.UTF_8);
    }

    /** Returns it in one line, fit for a terminal, waiting at most that long for its end. */
    String line(long millis) {
        try {
            boolean unused = whole.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        List<String> lines = text().lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty()) {
            return "";
        }
        String said = lines.size() <= FEW ? String.join("; ", lines) : lines.get(lines.size() - 1);
        return Printable.line(said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said);
    }
}
