package io.patop.screen.view;

import com.googlecode.lanterna.input.KeyType;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.FrameIndex;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Selection;
import io.patop.text.DurationText;
import io.patop.watch.source.Endpoint;
import io.patop.watch.source.Inspection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The view of what a load balancer sees: every health check of every member, by its HTTP code. */
public final class HealthView implements View {

    private static final List<Endpoint> CHECKS = Endpoint.checks();
    private static final List<String> PATHS =
            CHECKS.stream().map(Endpoint::path).toList();
    private static final Duration OLD = Duration.ofSeconds(10);
    private static final int PATH_COLUMNS = 20;
    private static final int LONGEST_NAME = 16;
    private static final int SHORTEST_COLUMN = 13;

    private final Selection member;
    private final Inspection inspection;
    private final ApiView api;
    private int check;

    public HealthView(Selection member, Inspection inspection, ApiView api) {
        this.member = member;
        this.inspection = inspection;
        this.api = api;
    }

    @Override
    public String title() {
        return "Health";
    }

    @Override
    public List<String> aliases() {
        return List.of("checks", "lb");
    }

    @Override
    public void keepUp(Scene scene) {
        inspection.look(new Inspection.Checks(PATHS));
    }

    @Override
    public void move(int rows, Scene scene) {
        check = Math.max(0, Math.min(CHECKS.size() - 1, check + rows));
    }

    @Override
    public Optional<String> member(Scene scene) {
        return member.name();
    }

    @Override
    public List<ViewKey> keys() {
        return List.of(
                ViewKey.named(
                        "Left",
                        KeyType.ArrowLeft,
                        "",
                        "the member before",
                        true,
                        (scene, context) -> member.move(-1, names(scene))),
                ViewKey.named(
                        "Right",
                        KeyType.ArrowRight,
                        "Member",
                        "the next member",
                        true,
                        (scene, context) -> member.move(1, names(scene))),
                ViewKey.named("Enter", KeyType.Enter, "Answer", "the whole answer of this check", true, this::browse),
                ViewKey.look('r', "Again", "ask all again now", (scene, context) -> inspection.again()));
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        List<String> names = names(scene);
        if (names.isEmpty()) {
            canvas.put(0, 1, "no member is known yet", Ink.STALE);
            return;
        }
        int column = 2
                + names.stream()
                        .mapToInt(name -> Math.min(LONGEST_NAME, Canvas.columns(canvas.fit(name, LONGEST_NAME)) + 2))
                        .reduce(SHORTEST_COLUMN, Math::max);
        int room = Math.max(1, (canvas.width() - PATH_COLUMNS) / column);
        int selected = Math.max(0, member.in(names));
        int first = Math.max(0, Math.min(selected - room / 2, names.size() - room));
        List<String> shown = names.subList(first, Math.min(names.size(), first + room));
        titles(canvas, scene, shown, column, selected - first);
        if (shown.size() < names.size()) {
            canvas.put(0, 0, (first + 1) + "-" + (first + shown.size()) + " of " + names.size() + " members", Ink.DIM);
        }
        int rows = Math.max(0, Math.min(CHECKS.size(), canvas.height() - 3));
        int top = Math.max(0, Math.min(check - rows / 2, CHECKS.size() - rows));
        Map<Inspection.Check, Inspection.Code> codes = inspection.codes();
        for (int row = 0; row < rows; row++) {
            canvas.part(0, row + 1, canvas.width(), 1).onClick(new FrameIndex.Target.Row(top + row - check));
            line(
                    canvas,
                    row + 1,
                    CHECKS.get(top + row),
                    top + row == check,
                    shown,
                    column,
                    selected - first,
                    codes,
                    scene.now());
        }
        explain(canvas, rows + 2, scene, codes);
    }

    private static void titles(Canvas canvas, Scene scene, List<String> shown, int column, int selected) {
        for (int i = 0; i < shown.size(); i++) {
            boolean leads = scene.dashboard()
                    .leadership()
                    .present()
                    .filter(shown.get(i)::equals)
                    .isPresent();
            String name = (leads ? canvas.glyphs().leader() + " " : "") + shown.get(i);
            canvas.part(PATH_COLUMNS + i * column, 0, column - 1, 1)
                    .put(0, 0, name, leads ? Ink.LEADER : Ink.TITLE, i == selected);
        }
    }

    private static void line(
            Canvas canvas,
            int row,
            Endpoint endpoint,
            boolean selected,
            List<String> members,
            int column,
            int selectedMember,
            Map<Inspection.Check, Inspection.Code> codes,
            Instant now) {
        canvas.put(0, row, selected ? canvas.glyphs().cursor() : " ", Ink.TEXT);
        canvas.put(2, row, endpoint.path(), selected ? Ink.TITLE : Ink.TEXT, selected);
        for (int i = 0; i < members.size(); i++) {
            Optional<Inspection.Code> code =
                    Optional.ofNullable(codes.get(new Inspection.Check(members.get(i), endpoint.path())));
            Cell cell = aged(cell(canvas, code), code, now);
            canvas.part(PATH_COLUMNS + i * column, row, column - 1, 1)
                    .put(0, 0, cell.text(), cell.ink(), selected && i == selectedMember);
        }
    }

    /** Puts old codes in brackets: a node that hangs must not look as it did when it answered. */
    private static Cell aged(Cell cell, Optional<Inspection.Code> code, Instant now) {
        boolean old = code.filter(known -> Duration.between(known.at(), now).compareTo(OLD) > 0)
                .isPresent();
        return old ? new Cell("(" + cell.text() + ")", Ink.STALE) : cell;
    }

    private static Cell cell(Canvas canvas, Optional<Inspection.Code> code) {
        Glyphs glyphs = canvas.glyphs();
        if (code.isEmpty()) {
            return new Cell(glyphs.unknown(), Ink.STALE);
        }
        Answer<Integer> answer = code.get().answer();
        Optional<Failure> failure = answer.failure();
        if (failure.isPresent()) {
            return new Cell(glyphs.bad() + " " + failure.get().kind().text(), Ink.BAD);
        }
        int status = answer instanceof Answer.Given<Integer> given ? given.given() : 0;
        return switch (status) {
            case 200 -> new Cell(glyphs.good() + " 200", Ink.GOOD);
            case 503 -> new Cell(glyphs.neutral() + " 503", Ink.DIM);
            default -> new Cell(glyphs.warning() + " " + status, Ink.WARNING);
        };
    }

    private void explain(Canvas canvas, int row, Scene scene, Map<Inspection.Check, Inspection.Code> codes) {
        List<String> parts = new ArrayList<>();
        parts.add(CHECKS.get(check).path() + " " + CHECKS.get(check).words());
        codes.values().stream()
                .map(Inspection.Code::at)
                .min(java.util.Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, scene.now()))
                .ifPresent(age -> parts.add("oldest code " + DurationText.age(age) + " ago"));
        canvas.put(0, row, String.join(canvas.glyphs().separator(), parts), Ink.DIM);
    }

    private void browse(Scene scene, ViewContext context) {
        member.name().or(() -> names(scene).stream().findFirst()).ifPresent(name -> {
            api.browse(name, PATHS.get(check));
            context.show(api);
        });
    }

    private static List<String> names(Scene scene) {
        return List.copyOf(scene.dashboard().members().keySet());
    }
}
