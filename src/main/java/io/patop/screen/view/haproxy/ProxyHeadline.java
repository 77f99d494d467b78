package io.patop.screen.view.haproxy;

import io.patop.haproxy.AdminLevel;
import io.patop.haproxy.ProcessInfo;
import io.patop.haproxy.RowKind;
import io.patop.haproxy.StatRow;
import io.patop.screen.lanes.Graph;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.screen.view.Scene;
import io.patop.text.DurationText;
import io.patop.watch.lanes.Trail;
import io.patop.watch.model.Disagreement;
import io.patop.watch.model.ProxyStatus;
import io.patop.watch.model.WatchedProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The lines above the table of an HAProxy: the process, and whether it agrees with Patroni. */
final class ProxyHeadline {

    static final int ROWS = 2;

    /** Columns of a graph. */
    private static final int GRAPH = 30;

    private ProxyHeadline() {}

    static void draw(Canvas canvas, WatchedProxy proxy, int number, int of, Scene scene) {
        String separator = canvas.glyphs().separator();
        int x = canvas.put(0, 0, "HAProxy ", Ink.DIM);
        x = canvas.put(x, 0, proxy.name(), proxy.answers() ? Ink.TITLE : Ink.BAD);
        if (of > 1) {
            x = canvas.put(x, 0, " (" + number + " of " + of + ")", Ink.DIM);
        }
        for (String fact : facts(proxy)) {
            if (x + Canvas.columns(separator + fact) > canvas.width()) {
                break;
            }
            x = canvas.put(x, 0, separator + fact, proxy.answers() ? Ink.TEXT : Ink.STALE);
        }
        Cell line = verdict(proxy, scene);
        int end = canvas.put(0, 1, mark(canvas, line.ink()) + line.text(), line.ink());
        sessions(canvas, proxy, end, scene);
    }

    /** Draws the sessions of the last minutes at the right, where there is room. */
    private static void sessions(Canvas canvas, WatchedProxy proxy, int from, Scene scene) {
        Trail trail = scene.dashboard().lanes().figures().sessions().getOrDefault(proxy.name(), Trail.EMPTY);
        Graph graph = Graph.of("sessions", trail, scene.now(), sessions -> Math.round(sessions) + "");
        String text = "sessions, last " + DurationText.age(Graph.SHOWN) + " " + graph.line(GRAPH, canvas.glyphs());
        if (!trail.points().isEmpty() && from + 3 + Canvas.columns(text) <= canvas.width()) {
            canvas.putRight(canvas.width(), 1, text, Ink.DIM);
        }
    }

    private static String mark(Canvas canvas, Ink ink) {
        return switch (ink) {
            case GOOD -> canvas.glyphs().good() + " ";
            case BAD -> canvas.glyphs().bad() + " ";
            case WARNING -> canvas.glyphs().warning() + " ";
            default -> "";
        };
    }

    private static List<String> facts(WatchedProxy proxy) {
        List<String> facts = new ArrayList<>();
        Optional<ProcessInfo> info = proxy.status().view().flatMap(view -> view.info());
        info.flatMap(ProcessInfo::version).ifPresent(version -> facts.add(version.replaceAll("-.*", "")));
        info.flatMap(told -> told.number("Uptime_sec"))
                .ifPresent(seconds -> facts.add("up " + DurationText.age(Duration.ofSeconds(seconds))));
        info.flatMap(told -> told.number("CurrConns"))
                .ifPresent(now -> facts.add("conns " + now
                        + info.flatMap(told -> told.number("Maxconn"))
                                .map(most -> "/" + most)
                                .orElse("")));
        info.flatMap(told -> told.number("ConnRate")).ifPresent(rate -> facts.add(rate + " conn/s"));
        if (proxy.level() != AdminLevel.UNKNOWN) {
            facts.add(
                    proxy.level() == AdminLevel.NONE
                            ? "page: no commands"
                            : proxy.level().name().toLowerCase(Locale.ROOT));
        }
        info.flatMap(told -> told.number("Idle_pct")).ifPresent(idle -> facts.add("idle " + idle + "%"));
        info.flatMap(told -> told.number("SessRate")).ifPresent(rate -> facts.add(rate + " sess/s"));
        info.flatMap(told -> told.text("node")).ifPresent(node -> facts.add("node " + node));
        info.flatMap(told -> told.text("Pid")).ifPresent(pid -> facts.add("pid " + pid));
        info.flatMap(told -> told.number("Tasks")).ifPresent(tasks -> facts.add("tasks " + tasks));
        info.flatMap(told -> told.number("Run_queue")).ifPresent(queue -> facts.add("run queue " + queue));
        proxy.status().view().ifPresent(view -> facts.add(counted(view.rows())));
        return facts;
    }

    private static String counted(List<StatRow> rows) {
        long proxies = rows.stream().map(StatRow::proxy).distinct().count();
        long servers = rows.stream().filter(row -> row.kind() == RowKind.SERVER).count();
        return proxies + " proxies, " + servers + " servers";
    }

    private static Cell verdict(WatchedProxy proxy, Scene scene) {
        return proxy.status().accept(new ProxyStatus.Visitor<>() {
            @Override
            public Cell unasked(ProxyStatus.Unasked none) {
                return agreement(proxy, scene);
            }

            @Override
            public Cell unwatched(ProxyStatus.Unwatched gap) {
                return new Cell("not asked since nobody watched", Ink.STALE);
            }

            @Override
            public Cell answering(ProxyStatus.Answering answering) {
                return agreement(proxy, scene);
            }

            @Override
            public Cell silent(ProxyStatus.Silent silent) {
                return new Cell(
                        "no answer for " + DurationText.age(Duration.between(silent.since(), scene.now())) + ": "
                                + silent.failure().message(),
                        Ink.BAD);
            }
        });
    }

    private static Cell agreement(WatchedProxy proxy, Scene scene) {
        Instant now = scene.now();
        if (!proxy.disagreements().isEmpty()) {
            Disagreement first = proxy.disagreements().get(0);
            return new Cell(
                    first.backend() + ": " + first.what() + ", for "
                            + DurationText.age(Duration.between(first.since(), now))
                            + (proxy.disagreements().size() > 1
                                    ? " (and " + (proxy.disagreements().size() - 1) + " more)"
                                    : ""),
                    first.told() ? Ink.BAD : Ink.WARNING);
        }
        Optional<String> leader = scene.dashboard().leadership().present();
        if (!proxy.servesLeader()) {
            return new Cell("no backend is known to serve the leader: nothing to compare", Ink.DIM);
        }
        if (leader.isEmpty()) {
            return new Cell("nobody is known to lead: nothing to compare", Ink.DIM);
        }
        return proxy.routesTo().equals(leader)
                ? new Cell("sessions for the leader go to " + leader.get() + ", which leads", Ink.GOOD)
                : new Cell("the leader's servers are not among HAProxy's: nothing to compare", Ink.DIM);
    }
}
