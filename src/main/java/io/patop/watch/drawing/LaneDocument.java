package io.patop.watch.drawing;

import io.patop.text.DurationText;
import io.patop.text.SvgPage;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The lanes of a time as a whole SVG document, with the time above them and what was done below. */
public final class LaneDocument {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int WIDTH = 1080;
    private static final int LEFT = 150;
    private static final int RIGHT = 24;
    private static final int TOP = 66;
    private static final int MARK = 16;
    private static final int MOST_MARKS = 12;
    private static final int TICKS = 8;
    private static final List<Integer> STEPS = List.of(1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200);

    /** What is marked beside the turning points: a document has room for it. */
    private static final Set<Event.Kind> MARKED_TOO =
            EnumSet.of(Event.Kind.PROMOTED, Event.Kind.WRITES_FAIL, Event.Kind.WRITES_BACK, Event.Kind.NOT_WATCHED);

    private final Dashboard dashboard;
    private final ZoneId zone;
    private final LaneDrawing.Scale scale;

    private LaneDocument(Dashboard dashboard, Instant from, Instant to, ZoneId zone) {
        this.dashboard = dashboard;
        this.zone = zone;
        Instant end = to.isAfter(from) ? to : from.plusSeconds(1);
        double seconds = Duration.between(from, end).toMillis() / 1000.0;
        this.scale = new LaneDrawing.Scale(from, end, LEFT, (WIDTH - LEFT - RIGHT) / seconds, 16);
    }

    /** The lanes of the cluster from a moment to another. */
    public static String of(Dashboard dashboard, Instant from, Instant to, ZoneId zone) {
        return new LaneDocument(dashboard, from, to, zone).draw();
    }

    private String draw() {
        List<Event> marks = dashboard.events().stream()
                .filter(event -> event.kind().isTurningPoint() || MARKED_TOO.contains(event.kind()))
                .filter(event ->
                        !event.at().isBefore(scale.from()) && event.at().isBefore(scale.to()))
                .limit(MOST_MARKS)
                .toList();
        int lanes = LaneDrawing.rows(dashboard.lanes(), scale) * LaneDrawing.ROW;
        int height = TOP + lanes + marks.size() * MARK + 44;
        String name = "Cluster " + dashboard.identity().scope().orElse("unknown");
        SvgPage page = new SvgPage(WIDTH, height, name);
        page.text(16, 26, "start", "#111111", 17, name);
        page.text(
                16,
                44,
                "start",
                "#555555",
                12,
                clock(scale.from()) + " to " + clock(scale.to()) + ", "
                        + DurationText.age(Duration.between(scale.from(), scale.to())));
        ticks(page, TOP + lanes);
        LaneDrawing.draw(page, dashboard.lanes(), scale, TOP);
        double y = TOP + lanes + 14;
        for (Event event : marks) {
            mark(page, event, y);
            y += MARK;
        }
        LaneDrawing.legend(page, 16, height - 12);
        return page.document();
    }

    private void ticks(SvgPage page, int bottom) {
        long seconds = Math.max(1, Duration.between(scale.from(), scale.to()).toSeconds());
        long step = STEPS.stream()
                .filter(each -> seconds / each <= TICKS)
                .findFirst()
                .orElse(STEPS.get(STEPS.size() - 1));
        for (long at = Math.floorDiv(scale.from().getEpochSecond(), step) * step + step;
                at < scale.to().getEpochSecond();
                at += step) {
            double x = scale.x(Instant.ofEpochSecond(at));
            page.line(x, TOP - 6, bottom, "#dddddd");
            page.text(x - 24, TOP - 10, "start", "#555555", 11, clock(Instant.ofEpochSecond(at)));
        }
    }

    private void mark(SvgPage page, Event event, double y) {
        double x = scale.x(event.at());
        String shown = SvgPage.shortened(clock(event.at()) + " " + event.text(), 110);
        boolean right = x + 16 + 5.6 * shown.length() <= WIDTH;
        String color = event.kind().tone() == Event.Tone.BAD ? "#c1121f" : "#333333";
        page.pointer(x, y - 8, color);
        page.text(right ? x + 8 : x - 8, y, right ? "start" : "end", color, 11, shown);
    }

    private String clock(Instant time) {
        return CLOCK.format(LocalTime.ofInstant(time, zone));
    }
}
