package io.patop.screen.view;

import com.googlecode.lanterna.input.KeyType;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Column;
import io.patop.screen.terminal.Grid;
import io.patop.screen.terminal.Ink;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The view of all events of the session, and of its failovers as a table of phases. */
public final class EventsView implements View {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int FAILOVERS_SHOWN = 6;

    private final LogView log;
    private int scrolledBack;

    public EventsView(LogView log) {
        this.log = log;
    }

    @Override
    public String title() {
        return "Events";
    }

    @Override
    public List<String> aliases() {
        return List.of("failovers");
    }

    @Override
    public List<ViewKey> keys() {
        return List.of(ViewKey.named(
                "Enter", KeyType.Enter, "Why", "what the members' logs say of a change of leader", true, this::why));
    }

    /** Shows what the logs say of the change of leader around the event at the bottom; of several a person chooses. */
    private void why(Scene scene, ViewContext context) {
        List<Failover> failovers = failovers(scene.dashboard());
        if (failovers.isEmpty()) {
            context.say("no change of leader has been seen yet", Ink.WARNING);
        } else if (failovers.size() == 1) {
            explain(failovers.get(0), context);
        } else {
            List<Dialog.Choice> choices = failovers.stream()
                    .map(failover -> new Dialog.Choice(words(failover, scene.zone()), at -> explain(failover, at)))
                    .toList();
            context.open(new Dialog.Menu("Which change of leader?", choices, nearest(failovers, scene)));
        }
    }

    private void explain(Failover failover, ViewContext context) {
        log.explain(failover);
        context.show(log);
    }

    private int nearest(List<Failover> failovers, Scene scene) {
        List<Event> events = scene.dashboard().events();
        Instant at = events.isEmpty()
                ? scene.now()
                : events.get(Math.max(0, events.size() - 1 - scrolledBack)).at();
        long before = failovers.stream()
                .filter(failover -> !failover.began().isAfter(at))
                .count();
        return (int) Math.max(0, before - 1);
    }

    private static String words(Failover failover, ZoneId zone) {
        return CLOCK.format(LocalTime.ofInstant(failover.began(), zone)) + " " + failover.text();
    }

    private static List<Failover> failovers(Dashboard dashboard) {
        return Stream.concat(dashboard.pastFailovers().stream(), dashboard.failover().stream())
                .toList();
    }

    @Override
    public void move(int rows, Scene scene) {
        int oldest = Math.max(0, scene.dashboard().events().size() - 1);
        scrolledBack = Math.max(0, Math.min(oldest, scrolledBack - rows));
    }

    /** Copies the event at the bottom. */
    @Override
    public Optional<String> copied(Scene scene) {
        List<Event> events = scene.dashboard().events();
        return events.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        EventsPanel.text(events.get(Math.max(0, events.size() - 1 - scrolledBack)), scene.zone()));
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        Dashboard dashboard = scene.dashboard();
        ZoneId zone = scene.zone();
        List<Failover> failovers = failovers(dashboard);
        int y = 0;
        if (!failovers.isEmpty()) {
            List<Failover> latest =
                    failovers.subList(Math.max(0, failovers.size() - FAILOVERS_SHOWN), failovers.size());
            canvas.rule(0, "Failovers (" + failovers.size() + ")");
            int rows = Math.min(latest.size() + 1, canvas.height() / 2);
            new Grid<>(columns(zone)).draw(canvas.part(0, 1, canvas.width(), rows), latest, -1);
            y = rows + 1;
        }
        canvas.from(y).rule(0, "Events (" + dashboard.eventsSeen() + ")");
        EventsPanel.draw(canvas.from(y + 1), dashboard.events(), scrolledBack, zone);
    }

    private static List<Column<Failover>> columns(ZoneId zone) {
        return List.of(
                Column.word("AT", 0, failover -> Cell.of(CLOCK.format(LocalTime.ofInstant(failover.began(), zone)))),
                Column.word("WHAT", 0, failover -> Cell.of(failover.outcome().text())),
                Column.name("FROM", 0, failover -> Cell.of(failover.oldLeader())),
                Column.name("TO", 0, failover -> new Cell(failover.newLeader().orElse(""), Ink.LEADER)),
                Column.figure("LOCK FREE", 7, phase(Phase.LOCK_RELEASED)),
                Column.figure("NEW LEADER", 2, phase(Phase.NEW_LEADER)),
                Column.figure("PROMOTED", 1, phase(Phase.PROMOTED)),
                Column.figure("FIRST WRITE", 6, phase(Phase.FIRST_WRITE)),
                Column.figure("PROXY", 5, phase(Phase.PROXY_ROUTES)),
                Column.figure("REPLICAS", 4, phase(Phase.REPLICAS_STREAMING)),
                Column.figure("OLD BACK", 3, phase(Phase.OLD_LEADER_BACK)));
    }

    private static Function<Failover, Cell> phase(Phase phase) {
        return failover -> failover.until(phase)
                .map(after -> Cell.of(DurationText.text(after)))
                .orElse(failover.end().isPresent() ? Cell.EMPTY : new Cell("…", Ink.DIM));
    }
}
