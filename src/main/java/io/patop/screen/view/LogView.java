package io.patop.screen.view;

import com.googlecode.lanterna.input.KeyType;
import io.patop.cluster.LogTopic;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Selection;
import io.patop.text.DurationText;
import io.patop.watch.model.EngineIndex;
import io.patop.watch.model.Failover;
import io.patop.watch.source.LogSource;
import io.patop.watch.source.MemberLogs;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * The view of logs: the last lines of one member's, or the lines of all members that explain a change of leader. The
 * newest line is at the bottom.
 */
public final class LogView implements View {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** How much of the logs around a change of leader is read. */
    private static final Duration BEFORE = Duration.ofSeconds(40);

    private static final Duration AFTER = Duration.ofSeconds(40);
    private static final int SIDEWAYS = 20;

    private final Selection member;
    private final MemberLogs logs;
    private Optional<Failover> explained = Optional.empty();
    private boolean onlyTopics;
    private int scrolledBack;
    private int shifted;

    public LogView(Selection member, MemberLogs logs) {
        this.member = member;
        this.logs = logs;
    }

    @Override
    public String title() {
        return "Log";
    }

    @Override
    public List<String> aliases() {
        return List.of("logs");
    }

    /** Shows the log of that member. */
    @Override
    public boolean choose(String name, Scene scene) {
        boolean known = scene.dashboard().member(name).isPresent()
                || scene.dashboard()
                        .docker()
                        .view()
                        .flatMap(view -> new EngineIndex(view).named(name))
                        .isPresent();
        if (known) {
            member.select(Optional.of(name));
            explained = Optional.empty();
            fromTheEnd();
        }
        return known;
    }

    /** Shows the lines that explain a change of leader. */
    void explain(Failover failover) {
        explained = Optional.of(failover);
        fromTheEnd();
    }

    @Override
    public void keepUp(Scene scene) {
        subject().ifPresent(logs::look);
    }

    private Optional<MemberLogs.Subject> subject() {
        return explained
                .<MemberLogs.Subject>map(failover -> new MemberLogs.Explanation(
                        failover.oldLeader(),
                        failover.began().minus(BEFORE),
                        failover.lastPhaseAt().plus(AFTER)))
                .or(() -> member.name().map(MemberLogs.Tail::new));
    }

    @Override
    public List<ViewKey> keys() {
        return List.of(
                ViewKey.look('m', "Member", "the log of another member", this::members),
                ViewKey.look('w', "Why", "only lines that tell of a change of leader, or all", (scene, context) -> {
                    onlyTopics = !onlyTopics;
                    scrolledBack = 0;
                }),
                ViewKey.named("Left", KeyType.ArrowLeft, "", "see the beginnings of long lines", true, (s, c) -> {
                    shifted = Math.max(0, shifted - SIDEWAYS);
                }),
                ViewKey.named("Right", KeyType.ArrowRight, "", "see the ends of long lines", true, (s, c) -> {
                    shifted += SIDEWAYS;
                }),
                ViewKey.named("Esc", KeyType.Escape, "", "back to one member's log", true, (s, c) -> {
                    explained = Optional.empty();
                    fromTheEnd();
                }));
    }

    private void fromTheEnd() {
        scrolledBack = 0;
        shifted = 0;
    }

    @Override
    public void move(int rows, Scene scene) {
        int oldest = Math.max(0, lines(scene).size() - 1);
        scrolledBack = Math.max(0, Math.min(oldest, scrolledBack - rows));
    }

    /** Copies the line at the bottom. */
    @Override
    public Optional<String> copied(Scene scene) {
        List<MemberLogs.Said> lines = lines(scene);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(lines.get(Math.max(0, lines.size() - 1 - scrolledBack))
                        .line()
                        .text());
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        canvas.put(0, 0, heading(scene), Ink.TITLE);
        Optional<MemberLogs.Page> page = page();
        List<MemberLogs.Said> lines = lines(scene);
        canvas.rule(1, page.map(read -> caption(read, lines.size(), scene)).orElse(""));
        int y = 2;
        if (page.isEmpty()) {
            canvas.put(0, y, waiting(canvas), Ink.STALE);
            return;
        }
        for (String trouble : page.get().troubles()) {
            canvas.put(0, y, canvas.glyphs().warning() + " " + trouble, Ink.WARNING);
            y++;
        }
        if (lines.isEmpty()) {
            canvas.put(0, y, page.get().lines().isEmpty() ? "no such lines" : "no line passes the filter", Ink.DIM);
            return;
        }
        rows(canvas.from(y), lines, scene);
    }

    private String heading(Scene scene) {
        return explained
                .map(failover -> "Why: " + failover.text() + " at "
                        + CLOCK.format(LocalTime.ofInstant(failover.began(), scene.zone())))
                .orElse("Log of " + member.name().orElse("no member"));
    }

    private String waiting(Canvas canvas) {
        if (logs == MemberLogs.NONE) {
            return "logs are read from Docker while a cluster is watched; a recording has none";
        }
        return member.name().isEmpty() && explained.isEmpty()
                ? "no member has been seen yet"
                : "reading" + canvas.glyphs().ellipsis();
    }

    private String caption(MemberLogs.Page page, int shown, Scene scene) {
        String lines = shown == page.lines().size()
                ? shown + (shown == LogSource.LINES ? " last lines" : " lines")
                : shown + " of " + page.lines().size() + " lines";
        return lines + ", read " + DurationText.age(Duration.between(page.at(), scene.now())) + " ago"
                + (scrolledBack > 0 ? ", " + scrolledBack + " below" : "");
    }

    private void rows(Canvas canvas, List<MemberLogs.Said> lines, Scene scene) {
        int end = Math.max(1, lines.size() - scrolledBack);
        int first = Math.max(0, end - canvas.height());
        int names = explained.isPresent()
                ? lines.stream()
                        .mapToInt(said -> Canvas.columns(canvas.fit(said.member(), 20)))
                        .max()
                        .orElse(0)
                : 0;
        for (int row = 0; first + row < end; row++) {
            MemberLogs.Said said = lines.get(first + row);
            int x = canvas.put(0, row, clock(said, scene.zone()) + " ", Ink.DIM);
            if (names > 0) {
                canvas.put(x, row, canvas.fit(said.member(), 20), Ink.TITLE);
                x += names + 1;
            }
            String text = said.text();
            canvas.put(x, row, text.substring(Math.min(shifted, text.length())), ink(said));
        }
    }

    private static String clock(MemberLogs.Said said, ZoneId zone) {
        return said.line()
                .at()
                .map(at -> CLOCK.format(LocalTime.ofInstant(at, zone)))
                .orElse("        ");
    }

    private static Ink ink(MemberLogs.Said said) {
        return said.topic().map(LogView::ink).orElse(Ink.TEXT);
    }

    private static Ink ink(LogTopic topic) {
        return switch (topic) {
            case DEMOTED, DCS -> Ink.BAD;
            case NOT_PROMOTED, REWIND, MANUAL -> Ink.WARNING;
            case PROMOTED -> Ink.GOOD;
            case ASKED, RECOVERED -> Ink.TEXT;
            case ROLE -> Ink.DIM;
        };
    }

    private Optional<MemberLogs.Page> page() {
        return logs.page()
                .filter(read -> subject().filter(read.subject()::equals).isPresent());
    }

    private List<MemberLogs.Said> lines(Scene scene) {
        return page().map(MemberLogs.Page::lines).orElse(List.of()).stream()
                .filter(said -> !onlyTopics || said.topic().isPresent())
                .filter(said -> scene.passes(said.member() + " " + said.line().text()))
                .toList();
    }

    private void members(Scene scene, ViewContext context) {
        List<String> names = List.copyOf(scene.dashboard().members().keySet());
        if (names.isEmpty()) {
            context.say("no member is known yet", Ink.WARNING);
            return;
        }
        List<Dialog.Choice> choices = names.stream()
                .map(name -> new Dialog.Choice(name, at -> {
                    boolean unused = choose(name, scene);
                }))
                .toList();
        context.open(new Dialog.Menu("Whose log?", choices, (member.in(names) + 1) % names.size()));
    }
}
