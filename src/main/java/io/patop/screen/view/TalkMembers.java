package io.patop.screen.view;

import io.patop.cluster.NodeStatus;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The members as boxes with a fixed place, and wires from the leader to the members that stream from it: when the
 * leader changes, the wires move. If not all members fit, the leader and the worst are shown.
 */
final class TalkMembers {

    /** Rows that it takes: boxes of five, wires of two. */
    static final int ROWS = 7;

    private static final int BOX_ROWS = 5;
    private static final int GAP = 2;
    private static final int NARROWEST = 15;
    private static final int WIDEST = 34;

    private TalkMembers() {}

    static void draw(Canvas canvas, Scene scene) {
        Dashboard dashboard = scene.dashboard();
        int room = Math.max(1, (canvas.width() + GAP) / (NARROWEST + GAP));
        List<WatchedMember> shown = shown(dashboard, room);
        if (shown.isEmpty()) {
            return;
        }
        int width = Math.min(WIDEST, (canvas.width() + GAP) / shown.size() - GAP);
        int left = Math.max(0, (canvas.width() - shown.size() * (width + GAP) + GAP) / 2);
        List<Integer> fed = new ArrayList<>();
        Optional<Integer> source = Optional.empty();
        MemberRows rows = new MemberRows(dashboard, scene.now(), canvas.glyphs());
        for (int i = 0; i < shown.size(); i++) {
            WatchedMember member = shown.get(i);
            int x = left + i * (width + GAP);
            MemberRow row = rows.of(member);
            box(canvas.part(x, 0, width, BOX_ROWS), member, row, dashboard);
            if (row.leads()) {
                source = Optional.of(x + width / 2);
            } else if (feeds(dashboard.leader(), member)) {
                fed.add(x + width / 2);
            }
        }
        source.ifPresent(from -> wires(canvas, from, fed));
        int hidden = dashboard.members().size() - shown.size();
        if (hidden > 0) {
            canvas.putRight(canvas.width(), ROWS - 1, " +" + hidden + " members more ", Ink.DIM);
        }
    }

    /** Returns the members in the order of their names, so that no box moves. */
    private static List<WatchedMember> shown(Dashboard dashboard, int room) {
        Comparator<WatchedMember> worst = Comparator.comparing(
                        (WatchedMember member) -> !dashboard.leadership().isLeader(member.name()))
                .thenComparing(MemberOrder.TROUBLE.comparator(dashboard));
        return dashboard.members().values().stream()
                .sorted(worst)
                .limit(room)
                .sorted(Comparator.comparing(WatchedMember::name))
                .toList();
    }

    private static void box(Canvas canvas, WatchedMember member, MemberRow row, Dashboard dashboard) {
        Glyphs glyphs = canvas.glyphs();
        String signs = row.leads() ? glyphs.leaderFrame() : glyphs.corners() + glyphs.rule() + glyphs.side();
        Ink ink = row.leads() ? row.name().ink() : member.isSilent() ? Ink.BAD : Ink.DIM;
        int right = canvas.width() - 1;
        String rule = signs.substring(4, 5).repeat(Math.max(0, right - 1));
        canvas.put(0, 0, signs.charAt(0) + rule + signs.charAt(1), ink);
        canvas.put(0, BOX_ROWS - 1, signs.charAt(2) + rule + signs.charAt(3), ink);
        for (int y = 1; y < BOX_ROWS - 1; y++) {
            canvas.put(0, y, signs.substring(5), ink);
            canvas.put(right, y, signs.substring(5), ink);
        }
        Canvas inside = canvas.part(2, 1, right - 3, BOX_ROWS - 2);
        inside.put(
                0,
                0,
                row.leads() ? row.name().text() : member.name(),
                row.name().ink());
        Cell role = row.role();
        inside.put(0, 1, row.leads() ? "LEADER" : role.text(), role.ink());
        Cell state = row.state();
        if (member.isSilent()) {
            inside.put(0, 2, glyphs.bad() + " " + row.api().text(), Ink.BAD);
            return;
        }
        int x = inside.put(0, 2, state.text(), state.ink());
        String lag = row.lag().text();
        String from = source(dashboard, member).map(other -> "from " + other).orElse(lag);
        if (!from.isEmpty() && x + 2 + Canvas.columns(inside.fit(from, inside.width())) <= inside.width()) {
            inside.put(x + 2, 2, from, row.lag().ink());
        }
    }

    private static boolean feeds(Optional<WatchedMember> leader, WatchedMember member) {
        return leader.flatMap(WatchedMember::status)
                .filter(status -> status.streamsTo(member.name()))
                .isPresent();
    }

    /** Returns the replica that the member streams from, if it streams from one. */
    private static Optional<String> source(Dashboard dashboard, WatchedMember member) {
        return dashboard.members().values().stream()
                .filter(other -> !dashboard.leadership().isLeader(other.name()))
                .filter(other -> other.status()
                        .map((NodeStatus status) -> status.streamsTo(member.name()))
                        .orElse(false))
                .map(WatchedMember::name)
                .findFirst();
    }

    private static void wires(Canvas canvas, int from, List<Integer> to) {
        if (to.isEmpty()) {
            return;
        }
        String wires = canvas.glyphs().wires();
        int left = Math.min(from, to.stream().mapToInt(Integer::intValue).min().orElse(from));
        int right = Math.max(from, to.stream().mapToInt(Integer::intValue).max().orElse(from));
        canvas.put(left, BOX_ROWS + 1, wires.substring(2, 3).repeat(right - left + 1), Ink.LEADER);
        List<Integer> ends = new ArrayList<>(to);
        ends.add(from);
        for (int x : ends) {
            int sign = x == left ? 3 : x == right ? 4 : 5;
            canvas.put(x, BOX_ROWS, wires.substring(x == from ? 0 : 1, x == from ? 1 : 2), Ink.LEADER);
            canvas.put(x, BOX_ROWS + 1, wires.substring(sign, sign + 1), Ink.LEADER);
        }
    }
}
