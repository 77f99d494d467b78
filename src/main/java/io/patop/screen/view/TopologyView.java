package io.patop.screen.view;

import io.patop.cluster.Walsender;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Column;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Grid;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Selection;
import io.patop.watch.model.StreamingTree;
import io.patop.watch.model.StreamingTree.Place;
import io.patop.watch.model.StreamingTree.Source;
import java.util.List;
import java.util.Optional;

/**
 * The view of who receives WAL from whom, as a tree below the leader; it includes cascading replicas, backups and
 * subscribers.
 */
public final class TopologyView implements View {

    private final Selection selection;

    public TopologyView(Selection selection) {
        this.selection = selection;
    }

    @Override
    public String title() {
        return "Topology";
    }

    @Override
    public List<String> aliases() {
        return List.of("tree", "replication");
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
        selection.move(rows, places(scene).stream().map(Place::name).toList());
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        List<Place> places = places(scene);
        canvas.put(0, 0, "who receives WAL from whom, as each sender tells; else by tag", Ink.DIM);
        if (places.isEmpty()) {
            canvas.put(2, 2, scene.dashboard().members().isEmpty() ? "no members yet" : "nobody to show", Ink.STALE);
            return;
        }
        int selected = selection.in(places.stream().map(Place::name).toList());
        MemberRows rows = new MemberRows(scene.dashboard(), scene.now(), canvas.glyphs());
        new Grid<>(columns(scene, rows)).draw(canvas.from(2), places, selected);
    }

    private static List<Column<Place>> columns(Scene scene, MemberRows rows) {
        return List.of(
                Column.name("MEMBER", 0, place -> name(place, scene, rows.glyphs)),
                Column.word("ROLE", 2, place -> row(place, rows)
                        .map(MemberRow::role)
                        .orElse(new Cell("no member", Ink.DIM))),
                Column.word("STATE", 0, place -> row(place, rows)
                        .map(MemberRow::state)
                        .orElse(Cell.EMPTY)),
                Column.word("LINK", 0, place -> link(place, scene)),
                Column.figure("TL", 1, place -> row(place, rows)
                        .map(MemberRow::timeline)
                        .orElse(Cell.EMPTY)),
                Column.figure(
                        "LAG", 1, place -> row(place, rows).map(MemberRow::lag).orElse(Cell.EMPTY)),
                Column.word("KNOWN FROM", 4, place -> new Cell(source(place), Ink.DIM)));
    }

    private static Cell name(Place place, Scene scene, Glyphs glyphs) {
        String branch = place.level() == 0 ? "" : "  ".repeat(Math.min(20, place.level()) - 1) + glyphs.branch() + " ";
        boolean leads = place.source() == Source.LEADS;
        boolean silent = scene.dashboard()
                .member(place.name())
                .filter(member -> place.member() && member.isSilent())
                .isPresent();
        String mark = leads ? glyphs.leader() + " " : silent ? glyphs.bad() + " " : "";
        return new Cell(branch + mark + place.name(), silent ? Ink.BAD : leads ? Ink.LEADER : Ink.TEXT);
    }

    private static Optional<MemberRow> row(Place place, MemberRows rows) {
        return place.member() ? rows.dashboard.member(place.name()).map(rows::of) : Optional.empty();
    }

    private static Cell link(Place place, Scene scene) {
        if (place.link().isPresent()) {
            Walsender told = place.link().get();
            return new Cell(told.state() + ", " + told.syncState(), told.isStreaming() ? Ink.GOOD : Ink.WARNING);
        }
        if (place.source() == Source.LEADS) {
            return Cell.EMPTY;
        }
        boolean senderTells = place.upstream()
                .flatMap(scene.dashboard()::member)
                .flatMap(member -> member.status())
                .filter(status -> status.state().isRunning())
                .isPresent();
        return senderTells ? new Cell("not connected", Ink.BAD) : new Cell("unknown", Ink.STALE);
    }

    private static String source(Place place) {
        String upstream = place.upstream().orElse("nobody");
        return switch (place.source()) {
            case LEADS -> "";
            case TOLD -> upstream + " tells";
            case TAGGED -> "tag replicatefrom " + upstream;
            case ASSUMED -> place.upstream().isPresent() ? "no tag, so of " + upstream : "nobody leads";
        };
    }

    private static List<Place> places(Scene scene) {
        return StreamingTree.of(scene.dashboard()).stream()
                .filter(place -> scene.passes(place.name()))
                .toList();
    }
}
