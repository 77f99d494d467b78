package io.patop.screen.view;

import io.patop.control.DockerAvailability;
import io.patop.control.FaultInjector;
import io.patop.control.RunMembers;
import io.patop.control.RunMembers.RunMember;
import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Column;
import io.patop.screen.terminal.Grid;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Selection;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DockerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The view of what Docker runs: services with their tasks, and plain containers; or the reason why they cannot be
 * seen. Where the members are run by other means, the view shows how each of them is run.
 */
public final class ServicesView implements View {

    /**
     * A row for a service or a container.
     *
     * @param kind {@code service} or {@code container}
     * @param name the name
     * @param count running and desired tasks
     * @param state state of the task or container
     * @param image the image
     * @param trouble the last error
     */
    private record Row(String kind, String name, Cell count, Cell state, String image, String trouble) {}

    private static final List<Column<RunMember>> RUN = List.of(
            Column.name("MEMBER", 0, run -> Cell.of(run.member())),
            Column.name("PLACE", 1, run -> new Cell(run.place(), run.isReachable() ? Ink.TEXT : Ink.BAD)));

    private final FaultInjector faults;
    private final Selection selection = new Selection();

    /**
     * A view for a cluster.
     *
     * @param faults know how its members are run, where that is not Docker
     */
    public ServicesView(FaultInjector faults) {
        this.faults = faults;
    }

    @Override
    public String title() {
        return "Services";
    }

    @Override
    public List<String> aliases() {
        return List.of("svc", "docker");
    }

    @Override
    public boolean hasMembers() {
        return true;
    }

    /** Returns the member that runs in the selected service. */
    @Override
    public Optional<String> member(Scene scene) {
        if (faults.runMembers(scene.dashboard()).isPresent()) {
            return selection
                    .name()
                    .filter(name -> scene.dashboard().member(name).isPresent());
        }
        return selection.name().flatMap(service -> DockerAvailability.memberOf(scene.dashboard(), service));
    }

    @Override
    public void move(int rows, Scene scene) {
        selection.move(rows, names(scene));
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        Dashboard dashboard = scene.dashboard();
        Optional<RunMembers> run = faults.runMembers(dashboard);
        if (run.isPresent()) {
            drawRun(canvas, run.get(), scene);
            return;
        }
        canvas.put(0, 0, headline(scene), dashboard.docker().servicesAreOld(scene.now()) ? Ink.WARNING : Ink.DIM);
        List<Row> rows = rows(scene);
        int selected = selection.in(rows.stream().map(Row::name).toList());
        new Grid<>(columns(dashboard)).draw(canvas.from(2), rows, selected);
    }

    private List<String> names(Scene scene) {
        return faults.runMembers(scene.dashboard())
                .map(run -> passing(run, scene).stream().map(RunMember::member).toList())
                .orElseGet(() -> rows(scene).stream().map(Row::name).toList());
    }

    private static List<RunMember> passing(RunMembers run, Scene scene) {
        return run.members().stream()
                .filter(member -> scene.passes(member.member()))
                .toList();
    }

    private void drawRun(Canvas canvas, RunMembers run, Scene scene) {
        canvas.put(0, 0, "how members are run: " + run.means(), Ink.DIM);
        List<Column<RunMember>> columns = new ArrayList<>(RUN);
        columns.add(1, Column.name("STATE", 0, member -> state(member, scene)));
        new Grid<>(columns).draw(canvas.from(2), passing(run, scene), selection.in(names(scene)));
    }

    private static Cell state(RunMember member, Scene scene) {
        String age = member.since()
                .map(since -> " since " + DurationText.age(Duration.between(since, scene.now())))
                .orElse("");
        return new Cell(
                member.state() + age,
                switch (member.look()) {
                    case RUNS -> Ink.GOOD;
                    case BROKEN -> Ink.BAD;
                    case UNKNOWN -> Ink.STALE;
                });
    }

    private static List<Column<Row>> columns(Dashboard dashboard) {
        return List.of(
                Column.name("NAME", 0, row -> Cell.of(row.name())),
                Column.word("KIND", 3, row -> new Cell(row.kind(), Ink.DIM)),
                Column.figure("TASKS", 0, Row::count),
                Column.word("STATE", 0, Row::state),
                Column.word("MEMBER", 1, row -> DockerAvailability.memberOf(dashboard, row.name())
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

    private static String headline(Scene scene) {
        Dashboard dashboard = scene.dashboard();
        if (dashboard.docker() instanceof DockerStatus.Silent silent) {
            return silent.failure().message()
                    + silent.before()
                            .map(before -> "; below is what it showed "
                                    + DurationText.age(Duration.between(before.at(), scene.now())) + " ago")
                            .orElse("");
        }
        if (dashboard.docker() instanceof DockerStatus.Answering last && last.isOld(scene.now())) {
            return "Docker answered " + DurationText.age(Duration.between(last.at(), scene.now()))
                    + " ago; below is what it showed then";
        }
        return dashboard
                .docker()
                .view()
                .map(view -> lost(dashboard, scene) + "Docker " + view.engine().version() + " on "
                        + view.engine().name()
                        + view.withoutServices().map(why -> ": " + why).orElse(", manager of its swarm"))
                .orElse("asking Docker");
    }

    private static String lost(Dashboard dashboard, Scene scene) {
        return dashboard
                .docker()
                .lastAnswer()
                .flatMap(DockerStatus.Answering::servicesLost)
                .map(since ->
                        "services as they were " + DurationText.age(Duration.between(since, scene.now())) + " ago; ")
                .orElse("");
    }

    private static List<Row> rows(Scene scene) {
        Dashboard dashboard = scene.dashboard();
        Optional<EngineView> view = dashboard.docker().view();
        if (view.isEmpty()) {
            return List.of();
        }
        boolean old = dashboard.docker().isOld(scene.now());
        boolean servicesOld = dashboard.docker().servicesAreOld(scene.now());
        List<Row> rows = new ArrayList<>();
        view.get().services().forEach(service -> rows.add(row(service, view.get(), servicesOld)));
        view.get().containers().stream()
                .filter(container -> container.taskId().isEmpty())
                .forEach(container -> rows.add(row(container, old)));
        return rows.stream()
                .filter(row -> scene.passes(row.name()))
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
                new Cell(state, old ? Ink.STALE : state.equals("running") ? Ink.GOOD : Ink.WARNING),
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
