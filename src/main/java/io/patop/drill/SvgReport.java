package io.patop.drill;

import io.patop.text.SvgPage;
import io.patop.watch.drawing.LaneDrawing;
import io.patop.watch.model.Phase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A report as one picture, with a bar for each run. The bar is divided into the phases since the fault, and a thin
 * bar below it shows the outage for writers. It is readable on a white and on a dark background, and text accompanies
 * each colour.
 */
public final class SvgReport {

    private static final int WIDTH = 960;
    private static final int LEFT = 190;
    private static final int RIGHT = 110;
    private static final int TOP = 112;
    private static final int ROW = 46;
    private static final int BAR = 18;
    private static final int OUTAGE = 7;
    private static final int GAP = 12;

    private static final String OUTAGE_COLOR = "#c1121f";

    /**
     * The colour of each phase, from the palette of Okabe and Ito, which colour-blind people can tell apart too, and
     * greys.
     */
    private static final Map<Phase, String> COLORS = Map.of(
            Phase.FAULT, "#999999",
            Phase.LEADER_LOST, "#e69f00",
            Phase.LOCK_RELEASED, "#d55e00",
            Phase.NEW_LEADER, "#cc79a7",
            Phase.PROMOTED, "#56b4e9",
            Phase.POOL_SERVES, "#f0e442",
            Phase.FIRST_WRITE, "#0072b2",
            Phase.REPLICAS_STREAMING, "#009e73",
            Phase.OLD_LEADER_BACK, "#b8ddd0");

    private final DrillReport report;
    private final double longest;

    private SvgReport(DrillReport report) {
        this.report = report;
        this.longest = longest(report);
    }

    /** The whole picture as an SVG document. */
    public static String of(DrillReport report) {
        return new SvgReport(report).draw();
    }

    private String draw() {
        boolean lanes = report.runs().stream().anyMatch(this::isWatched);
        int bottom = lanes ? 60 : 44;
        int height = TOP + bottom + (report.runs().isEmpty() ? ROW : 0);
        for (DrillRun run : report.runs()) {
            height += height(run);
        }
        SvgPage page = new SvgPage(WIDTH, height, "Failover drill of cluster " + report.cluster());
        page.text(16, 26, "start", "#111111", 17, "Failover drill of cluster " + report.cluster());
        page.text(
                16,
                46,
                "start",
                report.isMet() ? "#1b7837" : OUTAGE_COLOR,
                13,
                SvgPage.shortened(report.verdict(), 130));
        page.text(
                16,
                64,
                "start",
                "#555555",
                11,
                SvgPage.shortened(
                        report.settings().versions() + "; " + report.settings().text(), 150));
        legend(page);
        axis(page, height - bottom + 10);
        int y = TOP;
        for (DrillRun run : report.runs()) {
            run(page, run, y);
            if (isWatched(run)) {
                LaneDrawing.draw(page, report.lanes(), scale(run), y + ROW);
            }
            y += height(run);
        }
        if (lanes) {
            LaneDrawing.legend(page, 16, height - 8);
        }
        return page.document();
    }

    private int height(DrillRun run) {
        return isWatched(run) ? ROW + LaneDrawing.rows(report.lanes(), scale(run)) * LaneDrawing.ROW + GAP : ROW;
    }

    private boolean isWatched(DrillRun run) {
        return report.lanes()
                .since()
                .filter(run.began().plusSeconds(1)::isAfter)
                .isPresent();
    }

    /** The lanes of a run stand below its bar, on the same scale. */
    private LaneDrawing.Scale scale(DrillRun run) {
        return new LaneDrawing.Scale(
                run.began(),
                run.began().plusMillis(Math.round(longest * 1000)),
                LEFT,
                (WIDTH - LEFT - RIGHT) / longest,
                16);
    }

    /** The colours with their words, the outage's last, on two rows where one is too short. */
    private void legend(SvgPage page) {
        List<Optional<Phase>> entries = Stream.concat(
                        phases().stream().map(Optional::of), Stream.of(Optional.<Phase>empty()))
                .toList();
        double all = entries.stream().mapToDouble(SvgReport::legendWidth).sum();
        double x = 16;
        int y = x + all > WIDTH ? 81 : 88;
        for (Optional<Phase> entry : entries) {
            if (x + legendWidth(entry) > WIDTH) {
                x = 16;
                y += 17;
            }
            int high = entry.isPresent() ? 12 : OUTAGE;
            page.rectangle(
                    x, y - 4 - high / 2, 12, high, entry.map(SvgReport::color).orElse(OUTAGE_COLOR), "");
            page.text(x + 17, y, "start", "#333333", 12, legendWords(entry));
            x += legendWidth(entry);
        }
    }

    private static String legendWords(Optional<Phase> entry) {
        return entry.map(Phase::text).orElse("outage");
    }

    private static double legendWidth(Optional<Phase> entry) {
        return 31 + 6.7 * legendWords(entry).length();
    }

    private List<Phase> phases() {
        return Arrays.stream(Phase.values())
                .filter(phase ->
                        report.runs().stream().anyMatch(run -> run.phases().containsKey(phase)))
                .toList();
    }

    private void axis(SvgPage page, int y) {
        double step = SvgPage.step(longest);
        for (double at = 0; at <= longest + step / 1000; at += step) {
            double x = x(at);
            page.line(x, TOP - 10, y, "#dddddd");
            page.text(
                    x,
                    y + 16,
                    "middle",
                    "#555555",
                    11,
                    (step < 1 ? String.format(Locale.ROOT, "%.1f", at) : Math.round(at)) + " s");
        }
    }

    private void run(SvgPage page, DrillRun run, int y) {
        page.text(
                16,
                y + 13,
                "start",
                "#111111",
                13,
                run.number() + "  " + SvgPage.shortened(run.fault().verb(), 18));
        page.text(16, y + 28, "start", "#555555", 11, SvgPage.shortened(run.member(), 26));
        for (DrillRun.Stretch stretch : run.stretches()) {
            double from = x(seconds(stretch.from()));
            double to = x(seconds(stretch.from().plus(stretch.took())));
            page.rectangle(
                    from,
                    y,
                    to - from,
                    BAR,
                    color(stretch.phase()),
                    "to " + stretch.phase().text() + ": " + ReportNumbers.seconds(stretch.took()));
        }
        run.writes().outageBegan().ifPresent(began -> {
            double from = Math.max(0, seconds(Duration.between(run.began(), began)));
            double to = seconds(
                    Duration.between(run.began(), run.writes().outageEnded().orElseThrow()));
            page.rectangle(
                    x(from),
                    y + BAR + 3,
                    Math.max(1, x(to) - x(from)),
                    OUTAGE,
                    OUTAGE_COLOR,
                    "outage: " + ReportNumbers.seconds(run.writes().outage()));
        });
        boolean met = report.plan().goals().missedBy(run).isEmpty();
        String lost = run.writes().lost() == 0 ? "" : ", " + run.writes().lost() + " LOST";
        page.text(
                WIDTH - RIGHT + 8,
                y + 14,
                "start",
                met ? "#111111" : OUTAGE_COLOR,
                13,
                ReportNumbers.seconds(run.writes().outage()) + lost);
        if (!met) {
            page.text(WIDTH - RIGHT + 8, y + 29, "start", OUTAGE_COLOR, 11, "goals missed");
        }
    }

    private double x(double seconds) {
        return LEFT + seconds / longest * (WIDTH - LEFT - RIGHT);
    }

    private static double longest(DrillReport report) {
        double longest = 0.5;
        for (DrillRun run : report.runs()) {
            for (DrillRun.Stretch stretch : run.stretches()) {
                longest = Math.max(longest, seconds(stretch.from().plus(stretch.took())));
            }
            longest = Math.max(
                    longest,
                    run.writes()
                            .outageEnded()
                            .map(ended -> seconds(Duration.between(run.began(), ended)))
                            .orElse(0.0));
        }
        return longest;
    }

    private static String color(Phase phase) {
        return COLORS.getOrDefault(phase, "#666666");
    }

    private static double seconds(Duration span) {
        return span.toMillis() / 1000.0;
    }
}
