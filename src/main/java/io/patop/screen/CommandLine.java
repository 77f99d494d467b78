package io.patop.screen;

import io.patop.screen.terminal.Ink;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.ForecastLine;
import io.patop.screen.view.Scene;
import io.patop.screen.view.View;
import io.patop.screen.view.ViewContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs the commands that are typed after {@code :}; they do by name what keys do by letter. */
final class CommandLine {

    /** The commands that stand in the palette, with what they do. */
    static final Map<String, String> EXPLAINED = explained();

    private final ViewState state;
    private final Scene scene;
    private final ViewContext context;

    CommandLine(ViewState state, Scene scene, ViewContext context) {
        this.state = state;
        this.scene = scene;
        this.context = context;
    }

    private static Map<String, String> explained() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("talk", "the few things that an audience must see, large");
        all.put("forecast", "what would happen if the leader died now, term by term");
        all.put("break", "cause a fault, such as a partition, a slow network, a full disk; mend one");
        all.put("mend", "what was broken and can be mended");
        all.put("drill", "a failover drill: break it on purpose, measure, put it right");
        all.put("kill-leader", "scale the present leader's service to 0, whoever it is");
        all.put("stop", "scale the selected member's service to 0, or stop its container");
        all.put("start", "scale the selected member's service to 1, or start its container");
        all.putAll(TypedLocalCommands.EXPLAINED);
        all.put("help", "all keys");
        all.put("quit", "end patop");
        return Collections.unmodifiableMap(all);
    }

    /** Returns whether a text is a command, with its arguments, or the name of a view. */
    boolean knows(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return TypedLocalCommands.knows(word.split("\\s+", 2)[0])
                || EXPLAINED.containsKey(word)
                || List.of("q", "exit", "h").contains(word)
                || state.views.named(word.split("\\s+", 2)[0]).isPresent();
    }

    void run(String text) {
        String[] parts = text.strip().split("\\s+", 2);
        String verb = parts[0].toLowerCase(Locale.ROOT);
        if (new TypedLocalCommands(state, context, scene).run(verb, parts.length > 1 ? parts[1] : "")) {
            return;
        }
        Optional<View> named = parts.length > 1 ? state.views.named(verb) : Optional.empty();
        if (named.isPresent()) {
            choose(named.get(), parts[1]);
            return;
        }
        String word = text.strip().toLowerCase(Locale.ROOT);
        MemberKeys member = new MemberKeys(state.views.shown(), state.faults, scene, context);
        switch (word) {
            case "" -> {}
            case "q", "quit", "exit" -> state.quit = true;
            case "h", "help" -> context.open(new Dialog.Help(0));
            case "talk" -> state.talking = true;
            case "forecast" -> context.open(ForecastLine.explanation(scene));
            case "break", "mend" -> member.faultMenu();
            case "drill" -> new DrillMenus(state.faults, scene, context).open();
            case "kill-leader" -> member.killLeader();
            case "stop" -> member.stop();
            case "start" -> member.start();
            default -> view(word);
        }
    }

    /** Shows a view with what is named after it, as in {@code log patroni1}. */
    private void choose(View view, String name) {
        if (view.choose(name, scene)) {
            context.show(view);
        } else {
            context.say("the view " + view.title() + " shows no \"" + name + "\"", Ink.WARNING);
        }
    }

    private void view(String word) {
        Optional<View> named = state.views.named(word);
        if (named.isPresent()) {
            context.show(named.get());
            return;
        }
        String views = state.views.all().stream()
                .map(view -> view.title().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        context.say(
                "no command \"" + word + "\": " + views
                        + ", talk, forecast, drill, break, mend, stop, start, kill-leader, "
                        + String.join(", ", TypedLocalCommands.EXPLAINED.keySet()) + ", help, quit",
                Ink.WARNING);
    }
}
