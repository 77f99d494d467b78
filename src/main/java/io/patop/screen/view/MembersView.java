package io.patop.screen.view;

import io.patop.screen.lanes.LaneChart;
import io.patop.screen.lanes.LaneWindow;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Column;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Grid;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Selection;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The home view: the members, the stopwatch of a failover, and the latest events. */
public final class MembersView implements View {

    private static final String LAG = "LAG";

    /** Width from which there is room for received and replayed WAL, each with its own lag. */
    private static final int WIDE = 120;

    private static final int LANE_MARKS = 1;
    private static final int MOST_LANES = 14;

    /** How many rows of events are left when the lanes are drawn. */
    private static final int LEAST_EVENTS = 6;

    private static final Set<String> ON_WIDE = Set.of("RECEIVE LAG", "REPLAY LAG");

    private static final List<Column<MemberRow>> COLUMNS = List.of(
            Column.name("  MEMBER", 0, MemberRow::name),
            Column.word("HOST", 3, MemberRow::host),
            Column.word("ROLE", 0, MemberRow::role),
            Column.word("STATE", 0, MemberRow::state),
            Column.figure("TL", 1, MemberRow::timeline),
            Column.figure(LAG, 1, MemberRow::lag),
            Column.figure("RECEIVE LAG", 1, MemberRow::receiveLag),
            Column.figure("REPLAY LAG", 1, MemberRow::replayLag),
            Column.rare("LAG, LATEST RIGHT", 6, MemberRow::lagTrail),
            Column.word("API", 1, MemberRow::api),
            Column.word("SERVICE", 2, MemberRow::service),
            Column.rare("PROXY", 4, MemberRow::proxy),
            Column.rare("RESTART", 1, MemberRow::restart),
            Column.rare("PG", 2, MemberRow::version),
            Column.rare("TAGS", 5, MemberRow::tags));

    private final Selection selection;
    private MemberOrder order = MemberOrder.NAME;

    public MembersView(Selection selection) {
        this.selection = selection;
    }

    @Override
    public String title() {
        return "Members";
    }

    @Override
    public List<String> aliases() {
        return List.of("m", "list", "home");
    }

    @Override
    public List<ViewKey> keys() {
        return List.of(ViewKey.look('s', "Sort", "sort by name, role, lag, trouble", (scene, context) -> {
            order = order.next();
            context.say("sorted by " + order.text(), Ink.DIM);
        }));
    }

    @Override
    public boolean hasMembers() {
        return true;
    }

    @Override
    public Optional<String> member(Scene scene) {
        return selection.name();
    }

    @Override
    public void move(int rows, Scene scene) {
        selection.move(rows, names(members(scene, Glyphs.ASCII)));
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        Dashboard dashboard = scene.dashboard();
        List<WatchedMember> members = members(scene, canvas.glyphs());
        int failoverRows = FailoverPanel.shown(dashboard).isPresent() ? 5 : 0;
        int probeRows = ProbePanel.rows(dashboard);
        int tableRows = Math.min(members.size() + 1, Math.max(4, canvas.height() - failoverRows - probeRows - 4));
        table(canvas.part(0, 0, canvas.width(), tableRows), members, scene);
        int y = tableRows + (canvas.height() > 14 ? 1 : 0);
        if (failoverRows > 0) {
            y += FailoverPanel.draw(canvas.from(y), dashboard, scene.now(), scene.zone());
        }
        y += ProbePanel.draw(canvas.from(y), dashboard, scene.now());
        y += lanes(canvas.from(y), scene);
        Canvas events = canvas.from(y);
        if (events.height() > 1) {
            events.rule(0, "Events");
            EventsPanel.draw(events.from(1), dashboard.events(), 0, scene.zone());
        }
    }

    /** Draws the lanes where that many rows are free, and returns how many they took. */
    private static int lanes(Canvas canvas, Scene scene) {
        LaneChart chart = new LaneChart(scene.dashboard(), scene.now(), scene.zone());
        int rows = Math.min(chart.rows(), MOST_LANES) + LANE_MARKS;
        if (scene.dashboard().members().isEmpty() || canvas.height() < rows + LEAST_EVENTS) {
            return 0;
        }
        LaneWindow window = LaneWindow.ofLastMinute(scene.now(), chart.columns(canvas));
        return chart.draw(canvas.part(0, 0, canvas.width(), rows), window, true, LANE_MARKS, 0, Optional.empty());
    }

    private void table(Canvas canvas, List<WatchedMember> members, Scene scene) {
        int selected = selection.in(names(members));
        boolean wide = canvas.width() >= WIDE;
        MemberRows rows = new MemberRows(scene.dashboard(), scene.now(), canvas.glyphs());
        new Grid<>(COLUMNS.stream()
                        .filter(column -> wide ? !column.title().equals(LAG) : !ON_WIDE.contains(column.title()))
                        .toList())
                .draw(canvas, members, rows::of, selected);
        if (members.isEmpty()) {
            canvas.put(2, 1, empty(scene), Ink.STALE);
        }
    }

    private static String empty(Scene scene) {
        Dashboard dashboard = scene.dashboard();
        if (!dashboard.members().isEmpty()) {
            return "no member contains \"" + scene.filter() + "\"";
        }
        if (dashboard.clusterApi() instanceof Dashboard.ClusterApi.Failing failing) {
            return failing.failure().message();
        }
        return "asking for the members" + "…";
    }

    private static List<String> names(List<WatchedMember> members) {
        return members.stream().map(WatchedMember::name).toList();
    }

    /** Returns the members that the filter lets pass, sorted. Rows are made only for those on the screen. */
    private List<WatchedMember> members(Scene scene, Glyphs glyphs) {
        String sought = scene.filter().toLowerCase(Locale.ROOT);
        MemberRows rows = new MemberRows(scene.dashboard(), scene.now(), glyphs);
        Stream<WatchedMember> members = scene.dashboard().members().values().stream()
                .filter(member -> sought.isEmpty() || rows.of(member).contains(sought));
        return order == MemberOrder.NAME
                ? members.toList()
                : members.sorted(order.comparator(scene.dashboard())).toList();
    }
}
