package io.patop.screen;

import io.patop.screen.terminal.Ink;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Scene;
import io.patop.screen.view.View;
import io.patop.screen.view.ViewContext;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs the commands that are typed after {@code :}; they do by name what keys do by letter. */
final class CommandLine {

    private final ViewState state;
    private final Scene scene;
    private final ViewContext context;

    CommandLine(ViewState state, Scene scene, ViewContext context) {
        this.state = state;
        this.scene = scene;
        this.context = context;
    }

    void run(String text) {
        String[] parts = text.strip().split("\\s+", 2);
        String verb = parts[0].toLowerCase(Locale.ROOT);
        if (new ChoreCommands(state, context, scene.zone()).run(verb, parts.length > 1 ? parts[1] : "")) {
            return;
        }
        String word = text.strip().toLowerCase(Locale.ROOT);
        MemberKeys member = new MemberKeys(state.views.shown(), state.faults, scene, context);
        switch (word) {
            case "" -> {}
            case "q", "quit", "exit" -> state.quit = true;
            case "h", "help" -> context.open(new Dialog.Help(0));
            case "talk" -> state.talking = true;
            case "break", "mend" -> member.faultMenu();
            case "drill" -> new DrillMenus(state.faults, scene, context).open();
            case "kill-leader" -> member.killLeader();
            case "stop" -> member.stop();
            case "start" -> member.start();
            default -> view(word);
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
                "no command \"" + word + "\": " + views + ", talk, drill, break, mend, stop, start, kill-leader, "
                        + String.join(", ", ChoreCommands.NAMES) + ", help, quit",
                Ink.WARNING);
    }
}
