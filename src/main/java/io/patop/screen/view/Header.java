package io.patop.screen.view;

import io.patop.cluster.PostgresVersion;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines above every view: which cluster, who leads and since when, and the alerts. */
public final class Header {

    public static final int ROWS = 3;

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private Header() {}

    public static void draw(Canvas canvas, Dashboard dashboard, Instant now, ZoneId zone, List<Cell> notes) {
        identity(canvas, dashboard, now, zone);
        leader(canvas, dashboard, now);
        conditions(canvas, dashboard, now, notes);
    }

    private static void identity(Canvas canvas, Dashboard dashboard, Instant now, ZoneId zone) {
        String separator = canvas.glyphs().separator();
        String clock = CLOCK.format(LocalTime.ofInstant(now, zone));
        int x = canvas.put(0, 0, "patop ", Ink.TITLE);
        Canvas line = canvas.part(x, 0, canvas.width() - x - clock.length() - 1, 1);
        int at = line.put(0, 0, dashboard.identity().scope().orElse("cluster not seen yet"), Ink.LEADER);
        at = line.put(
                at,
                0,
                dashboard
                        .identity()
                        .systemIdentifier()
                        .map(id -> " (" + id + ")")
                        .orElse(""),
                Ink.DIM);
        for (String fact : facts(dashboard)) {
            if (at + Canvas.columns(separator + fact) > line.width()) {
                break;
            }
            at = line.put(at, 0, separator + fact, Ink.DIM);
        }
        canvas.putRight(canvas.width(), 0, clock, Ink.DIM);
    }

    private static List<String> facts(Dashboard dashboard) {
        Set<String> patroni = new TreeSet<>();
        Set<PostgresVersion> postgres = new HashSet<>();
        for (WatchedMember member : dashboard.members().values()) {
            member.api().lastStatus().ifPresent(status -> {
                status.patroniVersion().ifPresent(patroni::add);
                status.postgresVersion().ifPresent(postgres::add);
            });
        }
        List<String> facts = new ArrayList<>();
        if (!patroni.isEmpty()) {
            facts.add("Patroni " + String.join(", ", patroni));
        }
        if (!postgres.isEmpty()) {
            facts.add("PostgreSQL "
                    + postgres.stream().map(PostgresVersion::toString).sorted().collect(Collectors.joining(", ")));
        }
        return facts;
    }

    private static void leader(Canvas canvas, Dashboard dashboard, Instant now) {
        Optional<String> present = dashboard.leadership().present();
        if (present.isEmpty()) {
            noLeader(canvas, dashboard, now);
            return;
        }
        boolean silent = dashboard.leader().filter(WatchedMember::isSilent).isPresent()
                || dashboard.neverPromoted().isPresent();
        int x = canvas.put(0, 1, "Leader ", Ink.DIM);
        boolean old = dashboard.leader().filter(leader -> leader.isOld(now)).isPresent();
        x = canvas.put(
                x, 1, canvas.glyphs().leader() + " " + present.get(), silent ? Ink.BAD : old ? Ink.STALE : Ink.LEADER);
        x = canvas.put(
                x,
                1,
                dashboard
                        .leadership()
                        .timeline()
                        .map(timeline -> "  timeline " + timeline)
                        .orElse(""),
                Ink.TEXT);
        canvas.put(x, 1, leadsFor(dashboard, now), Ink.DIM);
    }

    private static void noLeader(Canvas canvas, Dashboard dashboard, Instant now) {
        Optional<Instant> free = dashboard.leadership().lockFree();
        if (free.isPresent()) {
            canvas.put(
                    0,
                    1,
                    canvas.glyphs().bad() + " NO LEADER for " + DurationText.text(Duration.between(free.get(), now))
                            + dashboard
                                    .leadership()
                                    .leader()
                                    .map(old -> "  (was " + old + ")")
                                    .orElse(""),
                    Ink.BAD);
        } else {
            canvas.put(0, 1, "Leader unknown", Ink.STALE);
        }
    }

    /**
     * Returns how long the leader has led: since the last change that patop saw, else since the last one in Patroni's
     * history.
     */
    private static String leadsFor(Dashboard dashboard, Instant now) {
        Optional<Instant> since = dashboard.leadership().changedAt().or(() -> dashboard
                .history()
                .flatMap(history -> history.last())
                .flatMap(entry -> entry.at())
                .flatMap(moment -> moment.time())
                .map(OffsetDateTime::toInstant));
        return since.map(at -> "  leads for " + DurationText.age(Duration.between(at, now)))
                .orElse("");
    }

    /** Draws the alerts. The notes come first, since nothing else on the screen shows them. */
    private static void conditions(Canvas canvas, Dashboard dashboard, Instant now, List<Cell> notes) {
        List<Cell> conditions = Stream.concat(notes.stream(), ClusterAlerts.of(dashboard, now).stream())
                .toList();
        int x = 0;
        for (Cell condition : conditions) {
            if (x > 0) {
                x = canvas.put(x, 2, canvas.glyphs().separator(), Ink.DIM);
            }
            x = canvas.put(x, 2, condition.text(), condition.ink());
        }
    }
}
