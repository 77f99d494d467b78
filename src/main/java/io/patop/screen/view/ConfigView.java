package io.patop.screen.view;

import com.googlecode.lanterna.input.KeyType;
import io.patop.cluster.ConfigChanges;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Setting;
import io.patop.control.Availability;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Column;
import io.patop.screen.terminal.Grid;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Selection;
import io.patop.text.Printable;
import io.patop.watch.bill.Advice;
import io.patop.watch.bill.FailoverTiming;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.PatroniCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dynamic configuration as a tree: the values that are set, and the defaults of the others. One setting is
 * changed in a line, the whole in an editor; the difference is shown before it is confirmed and sent.
 */
public final class ConfigView implements View {

    private final Selection selection = new Selection();

    @Override
    public String title() {
        return "Config";
    }

    @Override
    public List<String> aliases() {
        return List.of("configuration", "show-config", "edit-config");
    }

    @Override
    public void move(int rows, Scene scene) {
        selection.move(rows, settings(scene).stream().map(Setting::name).toList());
    }

    @Override
    public List<ViewKey> keys() {
        return List.of(
                ViewKey.named("Enter", KeyType.Enter, "", "change the selected setting", false, this::edit),
                ViewKey.change('e', "Edit", "change the selected setting", this::edit),
                ViewKey.change(
                        'n',
                        "New",
                        "set one that is not listed: name=value",
                        (scene, context) -> type("", scene, context)),
                ViewKey.change('d', "Default", "remove the selected setting: Patroni's default counts", this::remove),
                ViewKey.change('f', "Faster", "settings for a shorter failover, each with its price", this::faster),
                ViewKey.change('E', "Editor", "edit all of it in $EDITOR", this::editAll));
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        Dashboard dashboard = scene.dashboard();
        if (dashboard.config().isEmpty()) {
            canvas.put(0, 0, "the configuration has not been read yet", Ink.STALE);
            return;
        }
        canvas.put(0, 0, "the same for all members; a member's own file goes before it", Ink.DIM);
        List<Setting> settings = settings(scene);
        if (settings.isEmpty()) {
            canvas.put(2, 2, "no setting contains \"" + scene.filter() + "\"", Ink.STALE);
            return;
        }
        List<String> names = settings.stream().map(Setting::name).toList();
        if (selection.in(names) < 0) {
            selection.select(Optional.of(names.get(0)));
        }
        int selected = selection.in(names);
        new Grid<>(columns(scene)).draw(canvas.from(1), settings, selected);
    }

    private static List<Column<Setting>> columns(Scene scene) {
        boolean filtered = !scene.filter().isEmpty();
        return List.of(
                Column.word(
                        "SETTING",
                        0,
                        setting -> new Cell(
                                filtered ? setting.name() : "  ".repeat(setting.depth()) + setting.key(),
                                setting.section() ? Ink.TITLE : setting.set() ? Ink.TEXT : Ink.DIM)),
                Column.name("VALUE", 0, setting -> value(setting)),
                Column.word("", 1, setting -> new Cell(note(setting), Ink.DIM)));
    }

    private static Cell value(Setting setting) {
        if (setting.section()) {
            return Cell.EMPTY;
        }
        String text = setting.counts().map(String::valueOf).orElse("");
        return new Cell(text, setting.set() ? Ink.TEXT : Ink.DIM);
    }

    private static String note(Setting setting) {
        if (setting.section()) {
            return "";
        }
        if (!setting.set()) {
            return "default, not set";
        }
        return setting.standard()
                .map(standard -> String.valueOf(standard)
                                .equals(String.valueOf(setting.value().orElse("")))
                        ? "set, as the default"
                        : "set, default " + standard)
                .orElse("set");
    }

    private void edit(Scene scene, ViewContext context) {
        Optional<Setting> setting = selected(scene);
        if (setting.isEmpty()) {
            context.say("no setting is selected", Ink.WARNING);
        } else if (setting.get().section()) {
            type(setting.get().name() + ".", scene, context);
        } else {
            Object value = setting.get().counts().orElse("");
            if (value instanceof List<?> || value instanceof java.util.Map<?, ?>) {
                context.say(setting.get().name() + " is a list: edit it in the editor (E)", Ink.WARNING);
                return;
            }
            type(setting.get().name() + "=" + value, scene, context);
        }
    }

    private void remove(Scene scene, ViewContext context) {
        Optional<Setting> setting = selected(scene);
        if (setting.filter(Setting::set).isEmpty()) {
            context.say("it is not set: the default counts already", Ink.WARNING);
        } else {
            change(setting.get().name(), Optional.empty(), scene, context);
        }
    }

    private void type(String text, Scene scene, ViewContext context) {
        if (scene.readOnly()) {
            context.ask(new Availability.Impossible(Scene.READ_ONLY));
            return;
        }
        context.type(new Prompt("set (null removes): ", text, new Prompt.Purpose() {
            @Override
            public void entered(String typed) {
                int equals = typed.indexOf('=');
                if (equals < 1) {
                    context.say("write it as name=value, e.g. postgresql.parameters.work_mem=8MB", Ink.WARNING);
                    return;
                }
                try {
                    change(
                            typed.substring(0, equals).strip(),
                            Setting.typed(typed.substring(equals + 1)),
                            scene,
                            context);
                } catch (IllegalArgumentException wrong) {
                    context.say(Printable.message(wrong), Ink.WARNING);
                }
            }
        }));
    }

    /** Offers the advice of the bills; what is chosen is shown as a difference and asked about like any change. */
    private void faster(Scene scene, ViewContext context) {
        Optional<DynamicConfig> config = scene.dashboard().config();
        List<Advice> advice = config.map(known -> Advice.onKey(FailoverTiming.of(known, scene.dashboard())))
                .orElse(List.of());
        if (advice.isEmpty()) {
            context.say(
                    config.isEmpty()
                            ? "the configuration has not been read yet"
                            : "the key of a dead leader expires about as soon as Patroni's rules allow",
                    Ink.DIM);
            return;
        }
        context.open(new Dialog.Menu(
                "A shorter failover",
                advice.stream()
                        .map(each -> new Dialog.Choice(each.text(), at -> ask(config.get(), each, at)))
                        .toList(),
                0));
    }

    private static void ask(DynamicConfig seen, Advice advice, ViewContext context) {
        DynamicConfig wanted = seen;
        for (Map.Entry<String, Object> setting : advice.settings().entrySet()) {
            wanted = Setting.with(wanted, setting.getKey(), Optional.of(setting.getValue()));
        }
        ask(seen, wanted, context);
    }

    private void editAll(Scene scene, ViewContext context) {
        Optional<DynamicConfig> config = scene.dashboard().config();
        if (scene.readOnly() || config.isEmpty()) {
            context.ask(new Availability.Impossible("the configuration has not been read yet"));
            return;
        }
        context.edit(
                config.get(),
                outcome -> outcome.accept(
                        wanted -> ask(config.get(), wanted, context), why -> context.say(why, Ink.WARNING)));
    }

    private static void change(String name, Optional<Object> value, Scene scene, ViewContext context) {
        Optional<DynamicConfig> config = scene.dashboard().config();
        if (config.isEmpty()) {
            context.say("the configuration has not been read yet", Ink.WARNING);
            return;
        }
        try {
            ask(config.get(), Setting.with(config.get(), name, value), context);
        } catch (IllegalArgumentException wrong) {
            context.say(Printable.message(wrong), Ink.WARNING);
        }
    }

    private static void ask(DynamicConfig seen, DynamicConfig wanted, ViewContext context) {
        if (ConfigChanges.between(seen, wanted).isEmpty()) {
            context.say("nothing was changed", Ink.DIM);
        } else {
            context.ask(new Availability.Possible(new Action.OnPatroni(new PatroniCommand.ChangeConfig(seen, wanted))));
        }
    }

    private Optional<Setting> selected(Scene scene) {
        return settings(scene).stream()
                .filter(setting ->
                        selection.name().filter(setting.name()::equals).isPresent())
                .findFirst();
    }

    private static List<Setting> settings(Scene scene) {
        return scene.dashboard().config().stream()
                .flatMap(config -> Setting.of(config).stream())
                .filter(setting -> scene.filter().isEmpty() || !setting.section())
                .filter(setting -> scene.passes(setting.name() + " "
                        + setting.counts().map(String::valueOf).orElse("")))
                .toList();
    }
}
