package io.patop.screen.view.haproxy;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.control.Availability;
import io.patop.control.ProxyAvailability;
import io.patop.haproxy.RowKind;
import io.patop.haproxy.StatRow;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Grid;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Selection;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Prompt;
import io.patop.screen.view.Scene;
import io.patop.screen.view.View;
import io.patop.screen.view.ViewContext;
import io.patop.screen.view.ViewKey;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedProxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The view of an HAProxy, with hatop's pages; beside each server stands the member that it leads to. One HAProxy is
 * shown at a time; a key goes to the next.
 */
public final class HaproxyView implements View {

    private final Selection selection = new Selection();
    private final List<String> history = new ArrayList<>();
    private final ProxyKeys changes = new ProxyKeys(new ProxyKeys.Selected() {
        @Override
        public Optional<WatchedProxy> proxy(Scene scene) {
            return HaproxyView.this.proxy(scene);
        }

        @Override
        public Optional<StatRow> row(Scene scene) {
            return selectedRow(scene).map(ProxyRow::row);
        }
    });

    private Optional<String> chosen = Optional.empty();
    private ProxyPage page = ProxyPage.STATUS;
    private ProxyPage before = ProxyPage.STATUS;
    private ProxyOrder order = ProxyOrder.CONFIGURED;
    private int back;

    @Override
    public String title() {
        return "HAProxy";
    }

    @Override
    public List<String> aliases() {
        return List.of("proxy", "hatop");
    }

    @Override
    public List<ViewKey> keys() {
        List<ViewKey> keys = new ArrayList<>();
        keys.add(new ViewKey(
                "v",
                "Columns",
                "the next page of columns: status, traffic, HTTP, errors, console; so do Left and Right",
                true,
                List.of(new KeyStroke('v', false, false), new KeyStroke(KeyType.ArrowRight)),
                (scene, context) -> turn(page.next(1))));
        keys.add(ViewKey.named(
                "Left",
                KeyType.ArrowLeft,
                "",
                "the page of columns before",
                true,
                (scene, context) -> turn(page.next(-1))));
        keys.add(ViewKey.look(
                '>', "Command", "a line for HAProxy's stats socket (Tab: the selected server)", this::type));
        keys.addAll(changes.all());
        keys.add(
                ViewKey.look('s', "Sort", "sort by name, trouble, sessions, traffic, errors, last change", this::sort));
        keys.add(ViewKey.named(
                "Enter", KeyType.Enter, "Details", "every field of the selected row", true, this::details));
        keys.add(ViewKey.look('i', "Process", "all that HAProxy tells of its process", this::process));
        keys.add(ViewKey.look('p', "", "the next HAProxy, where there are several", this::nextProxy));
        if (page == ProxyPage.CONSOLE) {
            keys.add(ViewKey.named(
                    "Esc", KeyType.Escape, "", "back to the table", true, (scene, context) -> turn(before)));
        }
        return keys;
    }

    @Override
    public void move(int rows, Scene scene) {
        if (page == ProxyPage.CONSOLE) {
            int lines = proxy(scene)
                    .map(proxy -> ProxyConsolePanel.lines(proxy, scene.zone()).size())
                    .orElse(0);
            back = Math.max(0, Math.min(Math.max(0, lines - 1), back - rows));
            return;
        }
        selection.move(
                rows, rows(scene, Glyphs.ASCII).stream().map(ProxyRow::key).toList());
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        Optional<WatchedProxy> proxy = proxy(scene);
        if (proxy.isEmpty()) {
            canvas.put(
                    0,
                    0,
                    "No HAProxy is found yet: looked for what Docker shows as haproxy, for haproxy:7000 and",
                    Ink.STALE);
            canvas.put(0, 1, ":7001, this machine's ports and the usual sockets. Say where with --haproxy.", Ink.STALE);
            return;
        }
        List<String> names = List.copyOf(scene.dashboard().proxies().keySet());
        ProxyHeadline.draw(canvas, proxy.get(), names.indexOf(proxy.get().name()) + 1, names.size(), scene);
        tabs(canvas.part(0, ProxyHeadline.ROWS, canvas.width(), 1));
        Canvas body = canvas.from(ProxyHeadline.ROWS + 1);
        if (page == ProxyPage.CONSOLE) {
            ProxyConsolePanel.draw(body, ProxyConsolePanel.lines(proxy.get(), scene.zone()), back);
            return;
        }
        List<ProxyRow> rows = rows(scene, canvas.glyphs());
        if (selection.name().isEmpty() && !rows.isEmpty()) {
            selection.select(rows.stream()
                    .filter(row -> row.server().isPresent())
                    .findFirst()
                    .map(ProxyRow::key));
        }
        new Grid<>(page.columns())
                .draw(body, rows, selection.in(rows.stream().map(ProxyRow::key).toList()));
        if (rows.isEmpty()) {
            body.put(
                    2,
                    1,
                    scene.filter().isEmpty() ? "nothing was told yet" : "no row contains \"" + scene.filter() + "\"",
                    Ink.STALE);
        }
    }

    private void tabs(Canvas line) {
        int x = 0;
        for (ProxyPage each : ProxyPage.values()) {
            x = line.put(x, 0, " " + each.title() + " ", each == page ? Ink.TITLE : Ink.DIM, each == page) + 1;
        }
        if (order != ProxyOrder.CONFIGURED && page != ProxyPage.CONSOLE) {
            line.putRight(line.width(), 0, "sorted by " + order.text(), Ink.DIM);
        }
    }

    private Optional<WatchedProxy> proxy(Scene scene) {
        Dashboard dashboard = scene.dashboard();
        return chosen.map(name -> dashboard.proxies().get(name))
                .or(() -> dashboard.proxies().values().stream()
                        .filter(WatchedProxy::answers)
                        .findFirst())
                .or(() -> dashboard.proxies().values().stream().findFirst());
    }

    private List<ProxyRow> rows(Scene scene, Glyphs glyphs) {
        boolean tree = order == ProxyOrder.CONFIGURED && scene.filter().isEmpty();
        return proxy(scene).stream()
                .flatMap(proxy -> labelled(proxy, tree).entrySet().stream()
                        .map(entry -> new ProxyRow(proxy, entry.getKey(), scene.dashboard(), glyphs, entry.getValue())))
                .filter(row -> scene.passes(row.text()))
                .sorted(order.comparator())
                .toList();
    }

    /**
     * Returns the rows with their names. In HAProxy's own order the servers stand below their frontend, or below the
     * backend if there is no frontend, and that row bears the proxy's name.
     */
    private static Map<StatRow, String> labelled(WatchedProxy proxy, boolean tree) {
        Map<String, List<StatRow>> groups = new LinkedHashMap<>();
        proxy.status().view().stream().flatMap(view -> view.rows().stream()).forEach(row -> groups.computeIfAbsent(
                        row.proxy(), name -> new ArrayList<>())
                .add(row));
        Map<StatRow, String> labels = new LinkedHashMap<>();
        groups.forEach((name, rows) -> {
            Optional<StatRow> head = Stream.of(RowKind.FRONTEND, RowKind.BACKEND)
                    .flatMap(kind -> rows.stream().filter(row -> row.kind() == kind))
                    .findFirst();
            head.ifPresent(row -> labels.put(row, tree ? name : row.key()));
            rows.forEach(row -> labels.putIfAbsent(row, tree ? "  " + row.service() : row.key()));
        });
        return labels;
    }

    private Optional<ProxyRow> selectedRow(Scene scene) {
        return selection.name().flatMap(key -> rows(scene, Glyphs.ASCII).stream()
                .filter(row -> row.key().equals(key))
                .findFirst());
    }

    private void turn(ProxyPage to) {
        if (page != ProxyPage.CONSOLE) {
            before = page;
        }
        page = to;
        back = 0;
    }

    private void sort(Scene scene, ViewContext context) {
        order = order.next();
        context.say("sorted by " + order.text(), Ink.DIM);
    }

    private void details(Scene scene, ViewContext context) {
        selectedRow(scene).ifPresent(row -> context.open(new Dialog.Text(row.key(), ProxyDetails.of(row), 0)));
    }

    private void process(Scene scene, ViewContext context) {
        proxy(scene).ifPresent(proxy -> context.open(new Dialog.Text(proxy.name(), ProxyDetails.process(proxy), 0)));
    }

    private void nextProxy(Scene scene, ViewContext context) {
        List<String> names = List.copyOf(scene.dashboard().proxies().keySet());
        if (names.size() < 2) {
            context.say("only one HAProxy is watched", Ink.DIM);
            return;
        }
        int at = proxy(scene).map(proxy -> names.indexOf(proxy.name())).orElse(-1);
        chosen = Optional.of(names.get((at + 1) % names.size()));
        selection.select(Optional.empty());
    }

    private void type(Scene scene, ViewContext context) {
        Optional<WatchedProxy> proxy = proxy(scene);
        if (proxy.isEmpty()) {
            context.say("no HAProxy is watched", Ink.WARNING);
            return;
        }
        Optional<String> server =
                selectedRow(scene).filter(row -> row.server().isPresent()).map(ProxyRow::key);
        context.type(new Prompt(
                "HAProxy> ", "", new ProxyConsoleLine(history, server, line -> run(proxy.get(), line, context))));
    }

    /** Runs a command; one that changes nothing needs no question. */
    private void run(WatchedProxy proxy, String line, ViewContext context) {
        Availability availability = ProxyAvailability.typed(proxy, line);
        if (availability.isPossible()) {
            turn(ProxyPage.CONSOLE);
        }
        availability
                .offer()
                .filter(action -> !action.changes())
                .ifPresentOrElse(context::order, () -> context.ask(availability));
    }
}
