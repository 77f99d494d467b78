package io.patop.screen;

import io.patop.watch.Dashboard;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The home view: the members, the stopwatch of a failover, and the latest events. */
final class MembersView {

    private static final List<Column<MemberRow>> COLUMNS = List.of(
            Column.name("  MEMBER", 0, MemberRow::name),
            Column.word("HOST", 3, MemberRow::host),
            Column.word("ROLE", 0, MemberRow::role),
            Column.word("STATE", 0, MemberRow::state),
            Column.figure("TL", 1, MemberRow::timeline),
            Column.figure("LAG", 1, MemberRow::lag),
            Column.word("API", 1, MemberRow::api),
            Column.word("SERVICE", 2, MemberRow::service),
            Column.word("RESTART", 4, MemberRow::restart),
            Column.word("TAGS", 5, MemberRow::tags));

    private final Dashboard dashboard;
    private final ViewState state;
    private final Instant now;
    private final ZoneId zone;

    MembersView(Dashboard dashboard, ViewState state, Instant now, ZoneId zone) {
        this.dashboard = dashboard;
        this.state = state;
        this.now = now;
        this.zone = zone;
    }

    void draw(Canvas canvas) {
        List<MemberRow> rows = rows(dashboard, state, now, canvas.glyphs());
        int failoverRows = FailoverPanel.shown(dashboard).isPresent() ? 3 : 0;
        int tableRows = Math.min(rows.size() + 1, Math.max(4, canvas.height() - failoverRows - 4));
        table(canvas.part(0, 0, canvas.width(), tableRows), rows);
        int y = tableRows + (canvas.height() > 14 ? 1 : 0);
        if (failoverRows > 0) {
            y += FailoverPanel.draw(canvas.from(y), dashboard, now, zone);
        }
        Canvas events = canvas.from(y);
        if (events.height() > 1) {
            events.rule(0, "Events");
            EventsPanel.draw(events.from(1), dashboard.events(), 0, zone);
        }
    }

    private void table(Canvas canvas, List<MemberRow> rows) {
        int selected = Stream.iterate(0, i -> i < rows.size(), i -> i + 1)
                .filter(i -> Optional.of(rows.get(i).memberName()).equals(state.selectedMember))
                .findFirst()
                .orElse(-1);
        new Grid<>(COLUMNS.stream().filter(column -> isUsed(column, rows)).toList()).draw(canvas, rows, selected);
        if (rows.isEmpty()) {
            canvas.put(2, 1, empty(), Ink.STALE);
        }
    }

    /** Columns of rare things are shown when there is one. */
    private static boolean isUsed(Column<MemberRow> column, List<MemberRow> rows) {
        return column.rank() < 4
                || rows.stream()
                        .anyMatch(row -> !column.cell().apply(row).text().isEmpty());
    }

    private String empty() {
        if (!dashboard.members().isEmpty()) {
            return "no member contains \"" + state.filter + "\"";
        }
        if (dashboard.clusterApi() instanceof Dashboard.ClusterApi.Failing failing) {
            return failing.failure().message();
        }
        return "asking for the members" + "…";
    }

    static List<MemberRow> rows(Dashboard dashboard, ViewState state, Instant now, Glyphs glyphs) {
        String sought = state.filter.toLowerCase(Locale.ROOT);
        return dashboard.members().values().stream()
                .sorted(state.order.comparator(dashboard))
                .map(member -> new MemberRow(member, dashboard, now, glyphs))
                .filter(row -> row.contains(sought))
                .toList();
    }
}
