package io.patop.screen;

import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.watch.Dashboard;
import io.patop.watch.DockerStatus;
import io.patop.watch.Offers;
import io.patop.watch.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What Docker runs: services with their tasks, and plain containers; or in words why they cannot be seen. */
final class ServicesView {

    /**
     * A service or a container, as a row.
     *
     * @param kind {@code service} or {@code container}
     * @param name of it
     * @param count running and desired tasks
     * @param state of the task or container
     * @param image it runs
     * @param trouble last error
     */
    private record Row(String kind, String name, Cell count, Cell state, String image, String trouble) {}

    private final Dashboard dashboard;
    private final ViewState state;
    private final Instant now;

    ServicesView(Dashboard dashboard, ViewState state, Instant now) {
        this.dashboard = dashboard;
        this.state = state;
        this.now = now;
    }

    /** The names in the order in which they are shown. */
    static List<String> names(Dashboard dashboard, ViewState state) {
        return rows(dashboard, state).stream().map(Row::name).toList();
    }

    void draw(Canvas canvas) {
        canvas.put(0, 0, headline(), dashboard.docker() instanceof DockerStatus.Answering ? Ink.DIM : Ink.WARNING);
        List<Row> rows = rows(dashboard, state);
        List<String> names = rows.stream().map(Row::name).toList();
        int selected = state.selectedService.map(names::indexOf).orElse(-1);
        new Grid<>(columns()).draw(canvas.from(2), rows, selected);
    }

    private List<Column<Row>> columns() {
        return List.of(
                Column.name("NAME", 0, row -> Cell.of(row.name())),
                Column.word("KIND", 3, row -> new Cell(row.kind(), Ink.DIM)),
                Column.figure("TASKS", 0, Row::count),
                Column.word("STATE", 0, Row::state),
                Column.word("MEMBER", 1, row -> Offers.memberOf(dashboard, row.name())
                        .map(member -> new Cell(
                                member,
                                dashboard
                                                .leadership()
                                                .present()
                                                .filter(member::equals)
                                                .isPresent()
                                        ? Ink.LEADER
                                        : Ink.TEXT))
                        .orElse(Cell.EMPTY)),
                Column.name("ERROR", 2, row -> new Cell(row.trouble(), Ink.BAD)),
                Column.name("IMAGE", 4, row -> new Cell(row.image(), Ink.DIM)));
    }

    private String headline() {
        if (dashboard.docker() instanceof DockerStatus.Silent silent) {
            return silent.failure().message()
                    + silent.before()
                            .map(before -> "; below is what it showed " + Spans.age(Duration.between(before.at(), now))
                                    + " ago")
                            .orElse("");
        }
        return dashboard
                .docker()
                .view()
                .map(view -> "Docker " + view.engine().version() + " on "
                        + view.engine().name()
                        + view.withoutServices().map(why -> ": " + why).orElse(", manager of its swarm"))
                .orElse("asking Docker");
    }

    private static List<Row> rows(Dashboard dashboard, ViewState state) {
        Optional<EngineView> view = dashboard.docker().view();
        if (view.isEmpty()) {
            return List.of();
        }
        boolean old = dashboard.docker() instanceof DockerStatus.Silent;
        List<Row> rows = new ArrayList<>();
        view.get().services().forEach(service -> rows.add(row(service, view.get(), old)));
        view.get().containers().stream()
                .filter(container -> container.taskId().isEmpty())
                .forEach(container -> rows.add(row(container, old)));
        String sought = state.filter.toLowerCase(Locale.ROOT);
        return rows.stream()
                .filter(row -> row.name().toLowerCase(Locale.ROOT).contains(sought))
                .sorted(java.util.Comparator.comparing(Row::kind).reversed().thenComparing(Row::name))
                .toList();
    }

    private static Row row(Service service, EngineView view, boolean old) {
        String running = service.running().map(String::valueOf).orElse("?");
        String desired = service.desired().map(String::valueOf).orElse("-");
        boolean well = service.running().equals(service.desired());
        Ink ink = old ? Ink.STALE : well ? (desired.equals("0") ? Ink.WARNING : Ink.GOOD) : Ink.BAD;
        String state = view.tasksOf(service).stream()
                .filter(Task::isCurrent)
                .map(Task::state)
                .findFirst()
                .orElse("stopped");
        return new Row(
                "service",
                service.name(),
                new Cell(running + "/" + desired, ink),
                new Cell(state, state.equals("running") ? (old ? Ink.STALE : Ink.GOOD) : Ink.WARNING),
                service.image(),
                view.trouble(service).map(Task::error).orElse(""));
    }

    private static Row row(Container container, boolean old) {
        return new Row(
                "container",
                container.name(),
                Cell.EMPTY,
                new Cell(container.state(), old ? Ink.STALE : container.isRunning() ? Ink.GOOD : Ink.WARNING),
                container.image(),
                "");
    }
}
