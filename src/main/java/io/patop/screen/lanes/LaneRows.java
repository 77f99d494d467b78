package io.patop.screen.lanes;

import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.text.DurationText;
import io.patop.watch.lanes.AttemptCell;
import io.patop.watch.lanes.AttemptHistory;
import io.patop.watch.lanes.LaneState;
import io.patop.watch.lanes.Lanes;
import io.patop.watch.lanes.NamedTrack;
import io.patop.watch.lanes.Span;
import io.patop.watch.lanes.Track;
import io.patop.watch.model.Dashboard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the rows of the lanes: which lanes there are, and the sign of each column. */
final class LaneRows {

    private static final int MOST_PROXIES = 3;
    private static final String ORDINALS = "123456789abcdefghijklmnopqrstuvwxyz";
    private static final List<LaneState> CALM = List.of(LaneState.STREAMING, LaneState.GONE, LaneState.UNWATCHED);

    private final Dashboard dashboard;
    private final Lanes lanes;
    private final LaneWindow window;
    private final Instant now;
    private final LaneSigns signs;
    private final Glyphs glyphs;
    private final Map<String, String> letters;

    LaneRows(Dashboard dashboard, LaneWindow window, Instant now, Glyphs glyphs) {
        this.dashboard = dashboard;
        this.lanes = dashboard.lanes();
        this.window = window;
        this.now = now;
        this.glyphs = glyphs;
        this.signs = new LaneSigns(glyphs);
        this.letters = letters();
    }

    /** The lanes that are no member's. */
    List<LaneRow> shared() {
        List<LaneRow> rows = new ArrayList<>();
        rows.add(states(new Cell("key", Ink.TEXT), lanes.key()));
        List<NamedTrack> proxies = lanes.proxies().all();
        for (int i = 0; i < Math.min(MOST_PROXIES, proxies.size()); i++) {
            String name = proxies.size() == 1 ? "haproxy" : "haproxy " + (i + 1);
            rows.add(states(new Cell(name, Ink.TEXT), proxies.get(i).track()));
        }
        dashboard.probe().ifPresent(probe -> {
            rows.add(tries("writes", lanes.writes()));
            probe.reads().ifPresent(reads -> rows.add(tries("reads", lanes.reads())));
        });
        return rows;
    }

    /** The members that were there at some time of the window, by name. */
    List<NamedTrack> members() {
        return lanes.members().all().stream()
                .filter(member -> !member.track().isOnly(window.from(0), window.end(), LaneState.ABSENT))
                .toList();
    }

    /** As many of the members as fit: those to whom something happened before those that only stream. */
    List<NamedTrack> members(int most, int skipped) {
        List<NamedTrack> all = members();
        if (all.size() <= most) {
            return all;
        }
        List<NamedTrack> ordered = all.stream()
                .sorted(Comparator.comparing((NamedTrack member) -> !leads(member.name()))
                        .thenComparing(member -> member.track().isOnly(window.from(0), window.end(), CALM))
                        .thenComparing(NamedTrack::name))
                .toList();
        int first = Math.max(0, Math.min(skipped, ordered.size() - most));
        return ordered.subList(first, first + Math.max(0, most));
    }

    LaneRow row(NamedTrack member) {
        return states(new Cell(member.name(), leads(member.name()) ? Ink.LEADER : Ink.TEXT), member.track());
    }

    private boolean leads(String name) {
        return dashboard.leadership().present().filter(name::equals).isPresent();
    }

    private LaneRow states(Cell label, Track track) {
        List<Cell> cells = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < window.columns(); i++) {
            Optional<Span> worst = isPast(i) ? track.worst(window.from(i), window.to(i)) : Optional.empty();
            cells.add(worst.map(this::sign).orElse(Cell.EMPTY));
            told.add(worst.map(span -> span.state() == LaneState.HELD
                            ? span.member().orElse("several members")
                            : span.state().text())
                    .orElse("nothing known"));
        }
        return new LaneRow(label, cells, told);
    }

    private Cell sign(Span span) {
        return span.state() == LaneState.HELD
                ? new Cell(
                        span.member()
                                .map(name -> letters.getOrDefault(name, "+"))
                                .orElse("+"),
                        Ink.LEADER)
                : signs.of(span.state());
    }

    private LaneRow tries(String label, AttemptHistory tries) {
        List<Cell> cells = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < window.columns(); i++) {
            AttemptCell cell = isPast(i) ? tries.between(window.from(i), window.to(i)) : AttemptCell.NOTHING;
            boolean gap = isPast(i)
                    && lanes.since().filter(window.to(i)::isAfter).isPresent()
                    && lanes.isUnwatched(window.from(i), window.to(i));
            cells.add(signs.of(cell).orElse(gap ? signs.of(LaneState.UNWATCHED) : Cell.EMPTY));
            told.add(told(cell, gap));
        }
        return new LaneRow(new Cell(label, Ink.TEXT), cells, told);
    }

    private static String told(AttemptCell cell, boolean gap) {
        if (cell.isNothing()) {
            return gap ? LaneState.UNWATCHED.text() : "no try";
        }
        List<String> parts = new ArrayList<>();
        cell.p95().ifPresent(took -> parts.add("answered, 95 of 100 within " + DurationText.text(took)));
        if (cell.refused()) {
            parts.add("refused");
        }
        if (cell.unknown()) {
            parts.add("unknown");
        }
        return String.join(", ", parts);
    }

    private boolean isPast(int column) {
        return !window.from(column).isAfter(now);
    }

    /** A letter for each member: the last one of its name where these differ, else its place in the list. */
    private Map<String, String> letters() {
        List<NamedTrack> all = lanes.members().all();
        Map<String, String> last = new HashMap<>();
        Set<String> used = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            String name = all.get(i).name();
            String letter = name.isEmpty() ? "" : name.substring(name.length() - 1);
            boolean plain = letter.matches("[0-9A-Za-z]");
            last.put(name, letter);
            if (!plain || !used.add(letter)) {
                return byPlace(all);
            }
        }
        return last;
    }

    private static Map<String, String> byPlace(List<NamedTrack> all) {
        Map<String, String> places = new HashMap<>();
        for (int i = 0; i < Math.min(all.size(), ORDINALS.length()); i++) {
            places.put(all.get(i).name(), ORDINALS.substring(i, i + 1));
        }
        return places;
    }

    /** Returns the member's letter if it does not end its name, so that it must be told. */
    Optional<String> toldLetter(String name) {
        return Optional.ofNullable(letters.get(name)).filter(letter -> !name.endsWith(letter));
    }

    Glyphs glyphs() {
        return glyphs;
    }
}
