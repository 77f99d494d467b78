package io.patop.screen.view;

import com.googlecode.lanterna.input.KeyType;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.RawAnswer;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.FrameIndex;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Selection;
import io.patop.screen.terminal.TreeRow;
import io.patop.text.ByteText;
import io.patop.text.DurationText;
import io.patop.text.TerminalColumns;
import io.patop.watch.source.Endpoint;
import io.patop.watch.source.Inspection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The API browser: the answer of one member's endpoint, as a tree that is updated with each answer. */
public final class ApiView implements View {

    private static final Duration OLD = Duration.ofSeconds(10);
    private static final Duration SAVED_SHOWN = Duration.ofSeconds(8);

    private final Selection member;
    private final Inspection inspection;
    private final JsonTreePane body = new JsonTreePane();
    private String path = "/cluster";
    private Optional<Inspection.Place> place = Optional.empty();

    public ApiView(Selection member, Inspection inspection) {
        this.member = member;
        this.inspection = inspection;
    }

    @Override
    public String title() {
        return "API";
    }

    @Override
    public List<String> aliases() {
        return List.of("rest", "get", "curl");
    }

    /** Shows an endpoint of a member. */
    void browse(String name, String endpoint) {
        member.select(Optional.of(name));
        path = endpoint;
    }

    @Override
    public void keepUp(Scene scene) {
        Optional<Inspection.Place> now = member.name().map(name -> new Inspection.Place(name, path));
        if (!now.equals(place)) {
            place = now;
            body.forget();
        }
        now.ifPresent(inspection::look);
    }

    @Override
    public void move(int rows, Scene scene) {
        body.move(rows);
    }

    @Override
    public List<ViewKey> keys() {
        return List.of(
                ViewKey.look('e', "Endpoint", "choose an endpoint, or type one with parameters", this::endpoints),
                ViewKey.look('m', "Member", "choose another member", this::members),
                ViewKey.look('.', "Path", "show only what a path selects, as .members[].name", this::narrow),
                ViewKey.look('/', "Search", "search in names and values", this::search),
                ViewKey.look('n', "", "the next line found", (scene, context) -> hit(1, context)),
                ViewKey.look('N', "", "the line found before", (scene, context) -> hit(-1, context)),
                ViewKey.named("Enter", KeyType.Enter, "Fold", "fold, or show the whole value", true, this::enter),
                ViewKey.named("Left", KeyType.ArrowLeft, "", "fold, or go up", true, (scene, context) -> body.close()),
                ViewKey.named(
                        "Right", KeyType.ArrowRight, "", "unfold, or go on", true, (scene, context) -> body.open()),
                ViewKey.look('f', "", "fold all, or unfold all", (scene, context) -> body.toggleAll()),
                ViewKey.look('c', "Curl", "the same as a curl command", this::curl),
                ViewKey.look('w', "Save", "save the body to a file, as it came", this::save),
                ViewKey.look('r', "", "ask again now", (scene, context) -> inspection.again()),
                ViewKey.named("Esc", KeyType.Escape, "", "put away path and search", true, (scene, context) -> {
                    body.search("");
                    body.narrow("");
                }));
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        int x = canvas.put(0, 0, member.name().orElse("no member"), Ink.TITLE);
        x = canvas.put(x, 0, " " + path + "  ", Ink.TITLE);
        Optional<Inspection.Page> shown = page();
        canvas.rule(1, shown.map(page -> caption(page, scene)).orElse(""));
        if (shown.isEmpty()) {
            canvas.put(x, 0, "asking" + canvas.glyphs().ellipsis(), Ink.STALE);
            if (member.name().isPresent() && inspection == Inspection.NONE) {
                canvas.put(0, 3, "there is no node to ask", Ink.STALE);
            }
            return;
        }
        Inspection.Page page = shown.get();
        status(canvas.part(x, 0, canvas.width() - x, 1), page, scene);
        Optional<Failure> failure = page.answer().failure();
        if (failure.isPresent()) {
            canvas.put(0, 3, canvas.glyphs().bad() + " " + failure.get().message(), Ink.BAD);
            return;
        }
        lines(canvas.from(2), page);
    }

    private void status(Canvas canvas, Inspection.Page page, Scene scene) {
        String separator = canvas.glyphs().separator();
        String age = DurationText.age(Duration.between(page.at(), scene.now())) + " ago";
        if (page.answer() instanceof Answer.Given<RawAnswer> given) {
            RawAnswer answer = given.given();
            String sign =
                    answer.isGood() ? canvas.glyphs().good() : canvas.glyphs().bad();
            boolean old = Duration.between(page.at(), scene.now()).compareTo(OLD) > 0;
            String words = sign + " " + answer.statusWords();
            int x = canvas.put(
                    0, 0, old ? "(" + words + ")" : words, old ? Ink.STALE : answer.isGood() ? Ink.GOOD : Ink.WARNING);
            List<String> facts = new ArrayList<>();
            facts.add(given.took().toMillis() + " ms");
            facts.add(age);
            facts.add(ByteText.text(answer.size()));
            answer.header("content-type").ifPresent(facts::add);
            answer.header("server").ifPresent(facts::add);
            for (String fact : facts) {
                if (x + Canvas.columns(separator + fact) > canvas.width()) {
                    return;
                }
                x = canvas.put(x, 0, separator + fact, Ink.DIM);
            }
        } else {
            page.answer()
                    .failure()
                    .ifPresent(failure -> canvas.put(
                            0, 0, canvas.glyphs().bad() + " " + failure.kind().text() + separator + age, Ink.BAD));
        }
    }

    /** Returns the text above the body: a file just saved, else the path and the search, else the URL. */
    private String caption(Inspection.Page page, Scene scene) {
        Optional<String> saved = inspection
                .saved()
                .filter(last -> Duration.between(last.at(), scene.now()).compareTo(SAVED_SHOWN) < 0)
                .map(Inspection.Saved::words);
        if (saved.isPresent()) {
            return saved.get();
        }
        int rows = body.rows(page).size();
        List<String> parts = new ArrayList<>();
        if (!body.pathText().isEmpty()) {
            parts.add(body.pathText() + (body.trouble().isEmpty() ? "" : ": " + body.trouble()));
        }
        if (!body.sought().isEmpty()) {
            parts.add("\"" + body.sought() + "\" found in " + body.hits() + " of " + rows + " lines");
        }
        if (!page.note().isEmpty()) {
            parts.add(page.note());
        }
        return parts.isEmpty() ? page.url().map(Object::toString).orElse("") : String.join("; ", parts);
    }

    private void lines(Canvas canvas, Inspection.Page page) {
        List<TreeRow> rows = body.rows(page);
        if (rows.isEmpty()) {
            canvas.put(0, 1, body.trouble().isEmpty() ? "the body is empty" : "nothing is selected", Ink.DIM);
            return;
        }
        int room = canvas.height();
        int first = Math.max(0, Math.min(body.cursorRow() - room / 2, rows.size() - room));
        for (int row = 0; row < room && first + row < rows.size(); row++) {
            int index = first + row;
            canvas.part(0, row, canvas.width(), 1).onClick(new FrameIndex.Target.Row(index - body.cursorRow()));
            rows.get(index).draw(canvas, row, index == body.cursorRow());
            if (body.isHit(index)) {
                canvas.put(1, row, canvas.glyphs().then(), Ink.KEY, index == body.cursorRow());
            }
        }
        int below = rows.size() - first - room;
        if (below > 0) {
            canvas.putRight(canvas.width(), room - 1, " +" + below + " below", Ink.DIM);
        }
    }

    private Optional<Inspection.Page> page() {
        return inspection.page().filter(page -> place.filter(page.place()::equals)
                .isPresent());
    }

    private void endpoints(Scene scene, ViewContext context) {
        List<Dialog.Choice> choices = new ArrayList<>();
        for (Endpoint endpoint : Endpoint.ALL) {
            String typed = endpoint.parameters().isEmpty() ? "" : "  ?" + String.join("&", endpoint.parameters());
            choices.add(new Dialog.Choice(
                    String.format("%-17s %s%s", endpoint.path(), endpoint.words(), typed), at -> chosen(endpoint, at)));
        }
        choices.add(new Dialog.Choice("another, or with parameters: type it", at -> at.type(prompt(path))));
        int now = Math.max(0, Endpoint.ALL.stream().map(Endpoint::path).toList().indexOf(path));
        context.open(new Dialog.Menu("Which endpoint?", choices, now));
    }

    private void chosen(Endpoint endpoint, ViewContext context) {
        path = endpoint.path();
        if (!endpoint.parameters().isEmpty()) {
            context.say("type e, End, Enter to add parameters: ?" + String.join("&", endpoint.parameters()), Ink.DIM);
        }
    }

    private Prompt prompt(String begun) {
        return new Prompt("GET ", begun, typed -> {
            String wanted = typed.strip();
            path = wanted.startsWith("/") ? wanted : "/" + wanted;
        });
    }

    private void members(Scene scene, ViewContext context) {
        List<String> names = List.copyOf(scene.dashboard().members().keySet());
        if (names.isEmpty()) {
            context.say("no member is known yet", Ink.WARNING);
            return;
        }
        List<Dialog.Choice> choices = names.stream()
                .map(name -> new Dialog.Choice(
                        scene.dashboard()
                                        .leadership()
                                        .present()
                                        .filter(name::equals)
                                        .isPresent()
                                ? name + " (leader)"
                                : name,
                        at -> member.select(Optional.of(name))))
                .toList();
        int next = (member.in(names) + 1) % names.size();
        context.open(new Dialog.Menu("Which member?", choices, next));
    }

    private void narrow(Scene scene, ViewContext context) {
        String before = body.pathText();
        context.type(new Prompt("path ", before.isEmpty() ? "." : before, new Prompt.Purpose() {
            @Override
            public void typed(String text) {
                body.narrow(text);
            }

            @Override
            public void entered(String text) {
                body.narrow(text);
            }

            @Override
            public void dropped() {
                body.narrow(before);
            }
        }));
    }

    private void search(Scene scene, ViewContext context) {
        context.type(new Prompt("/", "", new Prompt.Purpose() {
            @Override
            public void typed(String text) {
                body.search(text);
            }

            @Override
            public void entered(String text) {
                body.search(text);
            }

            @Override
            public void dropped() {
                body.search("");
            }
        }));
    }

    private void hit(int step, ViewContext context) {
        if (body.sought().isEmpty()) {
            context.say("nothing is searched: / first", Ink.WARNING);
        } else if (!body.nextHit(step)) {
            context.say("\"" + body.sought() + "\" is nowhere in it", Ink.WARNING);
        }
    }

    private void enter(Scene scene, ViewContext context) {
        if (!body.toggle()) {
            body.underCursor().ifPresent(row -> context.open(new Dialog.Text(row.pointer(), whole(row), 0)));
        }
    }

    /** Returns the whole value of a row, which may be longer than the screen is wide. */
    private static List<Cell> whole(TreeRow row) {
        List<Cell> lines = new ArrayList<>();
        String rest = row.text();
        while (!rest.isEmpty() && lines.size() < 500) {
            // No character takes more chars than two and its marks; so many chars are enough for a line.
            String line = TerminalColumns.fitted(rest.substring(0, Math.min(rest.length(), 4 * 70)), 70);
            lines.add(new Cell(line, Ink.DIALOG));
            rest = rest.substring(line.length());
        }
        return lines;
    }

    /** Copies the curl command of the page. */
    @Override
    public Optional<String> copied(Scene scene) {
        return page().flatMap(Inspection.Page::url).map(CurlCommand::of);
    }

    private void curl(Scene scene, ViewContext context) {
        Optional<Inspection.Page> page = page();
        Optional<String> command = page.flatMap(Inspection.Page::url).map(CurlCommand::of);
        if (command.isEmpty()) {
            context.say("no address has been asked yet", Ink.WARNING);
            return;
        }
        String name = member.name().orElse("");
        context.open(new Dialog.Text(
                "The same in a shell",
                List.of(
                        new Cell(command.get(), Ink.KEY),
                        Cell.EMPTY,
                        new Cell("patop get " + CurlCommand.quoted(name) + " " + CurlCommand.quoted(path), Ink.KEY)),
                0));
    }

    private void save(Scene scene, ViewContext context) {
        Optional<Inspection.Page> page =
                page().filter(shown -> shown.answer().value().isPresent());
        if (page.isEmpty()) {
            context.say("there is no answer to save", Ink.WARNING);
            return;
        }
        String end = page.get().tree().isPresent() ? ".json" : ".txt";
        String file =
                (page.get().place().member() + page.get().place().path()).replaceAll("[^A-Za-z0-9._-]+", "-") + end;
        context.type(new Prompt("save to ", file, typed -> inspection.save(page.get(), typed.strip())));
    }
}
