package io.patop.screen.view.haproxy;

import com.googlecode.lanterna.input.KeyType;
import io.patop.control.Availability;
import io.patop.control.ProxyAvailability;
import io.patop.control.ServerAction;
import io.patop.haproxy.StatRow;
import io.patop.screen.terminal.Ink;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Prompt;
import io.patop.screen.view.Scene;
import io.patop.screen.view.ViewContext;
import io.patop.screen.view.ViewKey;
import io.patop.watch.model.WatchedProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The keys and the menu that change something at an HAProxy. The F-keys are hatop's, except F1, which is patop's help
 * everywhere; F3 does what F1 does in hatop.
 */
final class ProxyKeys {

    /** What is selected when a key is pressed. */
    interface Selected {
        Optional<WatchedProxy> proxy(Scene scene);

        Optional<StatRow> row(Scene scene);
    }

    private final Selected selected;

    ProxyKeys(Selected selected) {
        this.selected = selected;
    }

    List<ViewKey> all() {
        return List.of(
                ViewKey.change(
                        'a', "Actions", "all that can be done to the selected server or its HAProxy", this::menu),
                key("F2", KeyType.F2, "", "disable the server in all backends", onAll(ServerAction.DISABLE)),
                key("F3", KeyType.F3, "", "enable the server in all backends (hatop: F1)", onAll(ServerAction.ENABLE)),
                key("F4", KeyType.F4, "", "give the server its initial weight", on(ServerAction.INITIAL_WEIGHT)),
                key("F5", KeyType.F5, "", "weight - 10", weight(-10)),
                key("F6", KeyType.F6, "", "weight - 1", weight(-1)),
                key("F7", KeyType.F7, "", "weight + 1", weight(1)),
                key("F8", KeyType.F8, "", "weight + 10", weight(10)),
                key("F9", KeyType.F9, "Enable", "enable the server in its backend", on(ServerAction.ENABLE)),
                key("F10", KeyType.F10, "Disable", "disable it there: maintenance", on(ServerAction.DISABLE)),
                key("F11", KeyType.F11, "Drain", "drain it there: no new sessions", on(ServerAction.DRAIN)),
                key("F12", KeyType.F12, "", "set it ready: ends maintenance and drain", on(ServerAction.READY)));
    }

    private ViewKey key(
            String name,
            KeyType type,
            String label,
            String explanation,
            BiFunction<WatchedProxy, StatRow, Availability> offer) {
        return ViewKey.named(
                name, type, label, explanation, false, (scene, context) -> context.ask(offer(scene, offer)));
    }

    private Availability offer(Scene scene, BiFunction<WatchedProxy, StatRow, Availability> offer) {
        Optional<WatchedProxy> proxy = selected.proxy(scene);
        if (proxy.isEmpty()) {
            return new Availability.Impossible("no HAProxy is watched");
        }
        return selected.row(scene)
                .map(row -> offer.apply(proxy.get(), row))
                .orElseGet(() -> new Availability.Impossible("no server is selected"));
    }

    private static BiFunction<WatchedProxy, StatRow, Availability> on(ServerAction order) {
        return (proxy, row) -> ProxyAvailability.on(proxy, row, order);
    }

    private static BiFunction<WatchedProxy, StatRow, Availability> onAll(ServerAction order) {
        return (proxy, row) -> ProxyAvailability.onAll(proxy, row, order);
    }

    private static BiFunction<WatchedProxy, StatRow, Availability> weight(int change) {
        return (proxy, row) ->
                ProxyAvailability.weight(proxy, row, row.number("weight").orElse(0L) + change);
    }

    /** Opens the menu of the possible commands; shows the reason if there is none. */
    private void menu(Scene scene, ViewContext context) {
        Optional<WatchedProxy> proxy = selected.proxy(scene);
        if (proxy.isEmpty()) {
            context.say("no HAProxy is watched", Ink.WARNING);
            return;
        }
        Optional<String> hindrance = ProxyAvailability.hindrance(proxy.get());
        if (scene.readOnly() || hindrance.isPresent()) {
            context.ask(new Availability.Impossible(hindrance.orElse("")));
            return;
        }
        List<Dialog.Choice> choices = new ArrayList<>();
        selected.row(scene).ifPresent(row -> choices.addAll(onServer(proxy.get(), row)));
        add(choices, ProxyAvailability.clearCounters(proxy.get(), false));
        add(choices, ProxyAvailability.clearCounters(proxy.get(), true));
        context.open(new Dialog.Menu("What to do to HAProxy", choices, 0));
    }

    private List<Dialog.Choice> onServer(WatchedProxy proxy, StatRow row) {
        List<Dialog.Choice> choices = new ArrayList<>();
        for (ServerAction order : ServerAction.values()) {
            add(choices, ProxyAvailability.on(proxy, row, order));
        }
        if (!choices.isEmpty()) {
            choices.add(new Dialog.Choice(
                    "set the weight of server " + row.key() + " to…",
                    context -> context.type(Prompt.of(
                            "weight of " + row.key() + " (0 to 256): ",
                            typed -> context.ask(typedWeight(proxy, row).apply(typed.strip()))))));
            add(choices, ProxyAvailability.onAll(proxy, row, ServerAction.DISABLE));
            add(choices, ProxyAvailability.onAll(proxy, row, ServerAction.ENABLE));
        }
        return choices;
    }

    private static Function<String, Availability> typedWeight(WatchedProxy proxy, StatRow row) {
        return typed -> typed.matches("\\d{1,3}") && Integer.parseInt(typed) <= 256
                ? ProxyAvailability.weight(proxy, row, Integer.parseInt(typed))
                : new Availability.Impossible("a weight is 0 to 256, not " + typed);
    }

    private static void add(List<Dialog.Choice> choices, Availability availability) {
        availability
                .offer()
                .ifPresent(
                        action -> choices.add(new Dialog.Choice(action.text(), context -> context.ask(availability))));
    }
}
