package io.patop.drill.random;

import io.patop.drill.random.RandomDrillReport.Shrunk;
import io.patop.history.Anomaly;
import io.patop.history.Operation;
import io.patop.history.OperationHistory;
import io.patop.history.OperationText;
import io.patop.probe.Server;
import io.patop.text.SvgPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A random drill as one picture, of the shrunk run if there is one: what was broken when, when each server accepted
 * writes, and the operations that prove the first violation, with their numbers.
 */
public final class RandomDrillSvg {

    private static final int WIDTH = 960;
    private static final int LEFT = 150;
    private static final int RIGHT = 24;
    private static final int TOP = 92;
    private static final int ROW = 24;
    private static final int BAR = 14;

    /** Most servers that are drawn; a long run with many restarts has more. */
    private static final int MOST_SERVERS = 24;

    private static final String INK = "#111111";
    private static final String GREY = "#555555";
    private static final String BAD = "#c1121f";
    private static final String GOOD = "#1b7837";
    private static final String FAULT = "#e69f00";
    private static final String WRITES = "#0072b2";

    private final RandomDrillReport report;
    private final RandomRun run;
    private final Map<Server, BitSet> writes = new LinkedHashMap<>();
    private final Map<String, List<ScheduledFault>> faults = new LinkedHashMap<>();
    private final List<Operation> proof;
    private final double length;
    private int serversLeftOut;

    private RandomDrillSvg(RandomDrillReport report) {
        this.report = report;
        this.run = report.shrunk().map(Shrunk::run).orElse(report.run());
        this.proof = report.shown().stream().findFirst().map(Anomaly::proof).orElse(List.of());
        OperationHistory history = run.history();
        long last = history.size() == 0 ? 0 : history.get(history.size() - 1).completed();
        this.length = Math.max(1, Math.max(seconds(last), seconds(run.schedule().end())));
        for (ScheduledFault fault : run.schedule().faults()) {
            faults.computeIfAbsent(place(fault), unused -> new ArrayList<>()).add(fault);
        }
        for (int at = 0; at < history.size(); at++) {
            note(history.get(at));
        }
    }

    /** Returns the whole picture as an SVG document. */
    public static String of(RandomDrillReport report) {
        return new RandomDrillSvg(report).draw();
    }

    private static String place(ScheduledFault fault) {
        return fault.member().orElse(fault.kind().place().name().toLowerCase(Locale.ROOT));
    }

    /** Marks the pixel at which a server accepted a write, so that a long run's picture is no larger than a short's. */
    private void note(Operation operation) {
        Optional<Server> server = operation.server();
        if (!operation.isWrite() || !operation.isAcknowledged() || server.isEmpty()) {
            return;
        }
        if (!writes.containsKey(server.get()) && writes.size() == MOST_SERVERS) {
            serversLeftOut += 1;
            return;
        }
        writes.computeIfAbsent(server.get(), unused -> new BitSet()).set((int) x(seconds(operation.completed())));
    }

    private String draw() {
        int proofTop = TOP + (faults.size() + writes.size() + 1) * ROW + 20;
        int height = proofTop + proof.size() * 18 + 12;
        SvgPage page = new SvgPage(WIDTH, height, "Random drill of cluster " + report.cluster());
        page.text(16, 26, "start", INK, 17, "Random drill of cluster " + report.cluster());
        page.text(
                16,
                46,
                "start",
                report.isGood() ? GOOD : BAD,
                13,
                SvgPage.shortened(violation().orElse(report.verdict()), 130));
        page.text(16, 64, "start", GREY, 11, SvgPage.shortened(report.plan() + "; " + subtitle(), 150));
        axis(page, TOP + (faults.size() + writes.size()) * ROW);
        int y = TOP;
        for (Map.Entry<String, List<ScheduledFault>> place : faults.entrySet()) {
            faults(page, place.getKey(), place.getValue(), y);
            y += ROW;
        }
        for (Map.Entry<Server, BitSet> server : writes.entrySet()) {
            writes(page, server.getKey(), server.getValue(), y);
            y += ROW;
        }
        proof(page, y, proofTop);
        return page.document();
    }

    private Optional<String> violation() {
        return report.shown().stream()
                .findFirst()
                .map(anomaly -> "VIOLATION: " + anomaly.kind().text() + ": " + anomaly.text());
    }

    private String subtitle() {
        int all = report.run().schedule().faults().size();
        int shown = run.schedule().faults().size();
        String shrunk = shown < all ? "shrunk from " + all + " faults to " + shown : all + " faults";
        return shrunk + (serversLeftOut == 0 ? "" : ", more servers than are drawn");
    }

    private void axis(SvgPage page, int bottom) {
        double step = SvgPage.step(length);
        for (double at = 0; at <= length; at += step) {
            page.line(x(at), TOP - 8, bottom, "#dddddd");
            String shown = step < 1 ? String.format(Locale.ROOT, "%.1f", at) : String.valueOf(Math.round(at));
            page.text(x(at), bottom + 16, "middle", GREY, 11, shown + " s");
        }
    }

    private void faults(SvgPage page, String place, List<ScheduledFault> there, int y) {
        page.text(16, y + 12, "start", INK, 12, SvgPage.shortened(place, 20));
        for (ScheduledFault fault : there) {
            double from = x(seconds(fault.at()));
            double width = Math.max(2, x(seconds(fault.end())) - from);
            page.rectangle(from, y, width, BAR, FAULT, fault.text());
            page.text(from + 4, y + 11, "start", INK, 11, fault.kind().word());
        }
    }

    private void writes(SvgPage page, Server server, BitSet pixels, int y) {
        page.text(16, y + 12, "start", INK, 12, "writes " + SvgPage.shortened(server.text(), 18));
        for (int from = pixels.nextSetBit(0); from >= 0; ) {
            int to = pixels.nextClearBit(from);
            page.rectangle(from, y, to - from, BAR, WRITES, "accepted by " + server.text());
            from = pixels.nextSetBit(to);
        }
    }

    private void proof(SvgPage page, int bottom, int top) {
        for (int at = 0; at < proof.size(); at++) {
            Operation operation = proof.get(at);
            String number = String.valueOf(at + 1);
            double x = x(seconds(operation.completed()));
            page.line(x, TOP - 8, bottom + 2, BAD);
            // Those of one moment stand beside each other.
            page.text(x + at % 2 * 7 - 3, TOP - 12, "middle", BAD, 11, number);
            page.text(16, top + at * 18, "start", BAD, 12, number);
            page.text(32, top + at * 18, "start", INK, 12, SvgPage.shortened(OperationText.of(operation), 130));
        }
    }

    private double x(double seconds) {
        return LEFT + seconds / length * (WIDTH - LEFT - RIGHT);
    }

    private static double seconds(long micros) {
        return micros / 1e6;
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
