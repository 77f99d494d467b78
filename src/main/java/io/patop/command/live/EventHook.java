package io.patop.command.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Runs a person's command at each event, with the event as JSON on its input. Commands run one at a time on a thread
 * of their own, each for a bounded time, with a bounded number waiting, and end with patop; their output is dropped.
 * A command that hangs, fails or floods delays nothing and is reported in one line.
 */
final class EventHook implements Consumer<Dashboard>, AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int WAITING = 100;
    private static final int COMPLAINT = 200;

    private record Happened(Event event, Optional<String> scope) {}

    private final String command;
    private final Duration longest;
    private final Consumer<String> trouble;
    private final BlockingQueue<Happened> waiting;
    private final Thread worker;
    private long told;
    private boolean overrun;

    /**
     * Makes a hook that waits for events.
     *
     * @param command the command for {@code /bin/sh -c}
     * @param trouble takes one line on what went wrong
     */
    EventHook(String command, Consumer<String> trouble) {
        this(command, trouble, LONGEST, WAITING);
    }

    EventHook(String command, Consumer<String> trouble, Duration longest, int waiting) {
        this.command = command;
        this.trouble = trouble;
        this.longest = longest;
        this.waiting = new ArrayBlockingQueue<>(waiting);
        this.worker = new Thread(this::work, "patop-hook");
        worker.setDaemon(true);
        worker.start();
    }

    /** Takes the new events of the dashboard, and returns at once. */
    @Override
    public synchronized void accept(Dashboard dashboard) {
        List<Event> events = dashboard.events();
        long news = Math.max(0, Math.min(events.size(), dashboard.eventsSeen() - told));
        told = dashboard.eventsSeen();
        for (Event event : events.subList((int) (events.size() - news), events.size())) {
            boolean taken =
                    waiting.offer(new Happened(event, dashboard.identity().scope()));
            if (!taken && !overrun) {
                trouble.accept("--on-event is too slow: events are left out");
            }
            overrun = !taken;
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }

    private void work() {
        try {
            while (true) {
                run(waiting.take());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Happened happened) throws InterruptedException {
        ObjectNode json = EventFormat.json(happened.event());
        happened.scope().ifPresent(scope -> json.put("scope", scope));
        try (HookProcess process = HookProcess.start(command, json.toString())) {
            end(process);
        } catch (IOException none) {
            trouble.accept("--on-event failed: " + none.getMessage());
        }
    }

    private void end(HookProcess process) throws IOException, InterruptedException {
        StringBuilder complaint = new StringBuilder();
        InputStream errors = process.errors();
        long end = System.nanoTime() + longest.toNanos();
        boolean ended = false;
        while (!ended && System.nanoTime() < end) {
            ended = process.hasEnded(20);
            drain(errors, complaint);
        }
        if (!ended) {
            trouble.accept("--on-event took longer than " + longest.toSeconds() + " s and was ended: " + text());
        } else if (process.exitValue() != 0) {
            String why = complaint.toString().lines().findFirst().orElse(text());
            trouble.accept("--on-event failed (" + process.exitValue() + "): " + Printable.line(why));
        }
    }

    /** Reads what is there, and never waits for more. */
    private static void drain(InputStream errors, StringBuilder complaint) throws IOException {
        for (int ready = errors.available(); ready > 0; ready = errors.available()) {
            String text = new String(errors.readNBytes(Math.min(ready, 1 << 16)), StandardCharsets.UTF_8);
            int room = COMPLAINT - complaint.length();
            complaint.append(text, 0, Math.max(0, Math.min(room, text.length())));
            if (complaint.length() >= COMPLAINT) {
                return;
            }
        }
    }

    private String text() {
        return Printable.line(command.length() > COMPLAINT ? command.substring(0, COMPLAINT) : command);
    }
}
