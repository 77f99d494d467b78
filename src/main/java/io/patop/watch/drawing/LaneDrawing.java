package io.patop.watch.drawing;

import io.patop.text.DurationText;
import io.patop.text.SvgPage;
import io.patop.watch.lanes.AttemptCell;
import io.patop.watch.lanes.AttemptHistory;
import io.patop.watch.lanes.LaneState;
import io.patop.watch.lanes.Lanes;
import io.patop.watch.lanes.NamedTrack;
import io.patop.watch.lanes.Span;
import io.patop.watch.lanes.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lanes of a time on a page: a row for each lane, from left to right, on a scale that whoever owns the page
 * chooses.
 */
public final class LaneDrawing {

    /** The height of a row. */
    public static final int ROW = 17;

    private static final int BAR = 11;
    private static final int MOST_MEMBERS = 16;
    private static final double NARROWEST = 1.5;
    private static final long FINEST_MILLIS = 200;

    private final SvgPage page;
    private final Lanes lanes;
    private final Scale scale;

    /**
     * Where a time stands in the document.
     *
     * @param from the first time that is drawn
     * @param to the end of the time that is drawn
     * @param left x of the first time
     * @param perSecond how wide a second is
     * @param label x of the names
     */
    public record Scale(Instant from, Instant to, double left, double perSecond, double label) {
        double x(Instant time) {
            Instant bounded = time.isBefore(from) ? from : time.isAfter(to) ? to : time;
            return left + Duration.between(from, bounded).toMillis() / 1000.0 * perSecond;
        }
    }

    private LaneDrawing(SvgPage page, Lanes lanes, Scale scale) {
        this.page = page;
        this.lanes = lanes;
        this.scale = scale;
    }

    /** How many rows the lanes of that time take. */
    public static int rows(Lanes lanes, Scale scale) {
        return members(lanes, scale).size()
                + 1
                + lanes.proxies().all().size()
                + (tried(lanes.writes(), scale) ? 1 : 0)
                + (tried(lanes.reads(), scale) ? 1 : 0);
    }

    /** Draws the lanes, of which the first row begins at y. */
    public static void draw(SvgPage page, Lanes lanes, Scale scale, double y) {
        new LaneDrawing(page, lanes, scale).draw(y);
    }

    private void draw(double top) {
        double y = top;
        for (NamedTrack member : members(lanes, scale)) {
            track(member.name(), member.track(), y);
            y += ROW;
        }
        track("key", lanes.key(), y);
        y += ROW;
        for (NamedTrack proxy : lanes.proxies().all()) {
            track("haproxy", proxy.track(), y);
            y += ROW;
        }
        if (tried(lanes.writes(), scale)) {
            tries("writes", lanes.writes(), y);
            y += ROW;
        }
        if (tried(lanes.reads(), scale)) {
            tries("reads", lanes.reads(), y);
        }
    }

    private static List<NamedTrack> members(Lanes lanes, Scale scale) {
        List<NamedTrack> there = lanes.members().all().stream()
                .filter(member -> !member.track().isOnly(scale.from(), scale.to(), LaneState.ABSENT))
                .toList();
        List<LaneState> calm = List.of(LaneState.STREAMING);
        return there.size() <= MOST_MEMBERS
                ? there
                : there.stream()
                        .filter(member -> !member.track().isOnly(scale.from(), scale.to(), calm))
                        .limit(MOST_MEMBERS)
                        .toList();
    }

    private static boolean tried(AttemptHistory tries, Scale scale) {
        return !tries.between(scale.from(), scale.to()).isNothing();
    }

    private void track(String name, Track track, double y) {
        label(name, y);
        List<Span> spans = track.spans();
        for (int i = 0; i < spans.size(); i++) {
            Instant until = i + 1 < spans.size() ? spans.get(i + 1).since() : scale.to();
            if (until.isAfter(scale.from()) && spans.get(i).since().isBefore(scale.to())) {
                span(spans.get(i), until, y);
            }
        }
    }

    private void span(Span span, Instant until, double y) {
        double x = scale.x(span.since());
        double width = Math.max(NARROWEST, scale.x(until) - x);
        boolean calm = span.state() == LaneState.STREAMING || span.state() == LaneState.GONE;
        double height = calm ? BAR / 3.0 : BAR;
        String words = span.state().text()
                + span.member().map(member -> " " + member).orElse("") + ", "
                + DurationText.text(Duration.between(span.since(), until));
        page.rectangle(x, y + (BAR - height) / 2, width, height, LaneColors.of(span.state()), words);
        Optional<String> inside = span.member().filter(member -> width > 7.0 * member.length() + 6);
        inside.ifPresent(member -> page.text(x + 4, y + BAR - 2, "start", "#0b2a0b", 9, member));
    }

    private void tries(String name, AttemptHistory tries, double y) {
        label(name, y);
        long millis = Math.max(FINEST_MILLIS, Math.round(2000 / scale.perSecond()));
        for (Instant at = scale.from(); at.isBefore(scale.to()); at = at.plusMillis(millis)) {
            AttemptCell cell = tries.between(at, at.plusMillis(millis));
            double width = Math.max(1, millis / 1000.0 * scale.perSecond() - 0.3);
            if (cell.unknown() || cell.refused()) {
                String color = cell.unknown() ? LaneColors.UNKNOWN : LaneColors.REFUSED;
                page.rectangle(scale.x(at), y, width, BAR, color, cell.unknown() ? "unknown" : "refused");
            } else if (cell.p95().isPresent()) {
                Duration took = cell.p95().get();
                double height = BAR * cell.height().orElseThrow() / (double) AttemptCell.BARS;
                page.rectangle(
                        scale.x(at),
                        y + BAR - height,
                        width,
                        height,
                        LaneColors.ANSWERED,
                        "95 of 100 within " + DurationText.text(took));
            }
        }
    }

    private void label(String name, double y) {
        page.text(scale.label(), y + BAR - 1, "start", "#333333", 11, SvgPage.shortened(name, 24));
    }

    /** Draws what the colours stand for, from x on at that y. */
    public static void legend(SvgPage page, double x, double y) {
        List<String[]> parts = new ArrayList<>();
        for (LaneState state : LaneState.LEGEND) {
            parts.add(new String[] {LaneColors.of(state), state.text()});
        }
        parts.add(new String[] {LaneColors.REFUSED, "write refused"});
        parts.add(new String[] {LaneColors.UNKNOWN, "write unknown"});
        double at = x;
        for (String[] part : parts) {
            page.rectangle(at, y - 8, 10, 9, part[0], part[1]);
            page.text(at + 14, y, "start", "#333333", 11, part[1]);
            at += 26 + 6.2 * part[1].length();
        }
    }
}
