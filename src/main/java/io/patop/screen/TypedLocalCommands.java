package io.patop.screen;

import io.patop.control.LocalCommand;
import io.patop.control.LocalCommand.Wind;
import io.patop.control.Playback;
import io.patop.control.SeekExpression;
import io.patop.screen.lanes.LaneWindow;
import io.patop.screen.terminal.Ink;
import io.patop.screen.view.LanesView;
import io.patop.screen.view.Scene;
import io.patop.screen.view.ViewContext;
import io.patop.watch.drawing.LaneDocument;
import io.patop.watch.model.Failover;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The commands typed after {@code :} that write files and control a replay. */
final class TypedLocalCommands {

    /** The commands that work live and in a replay, with what they do. */
    static final Map<String, String> EXPLAINED = explained();

    private static final Set<String> OTHERS = Set.of("rec", "film", "shot", "play", "pause", "seek", "speed");

    private static final Duration AROUND = Duration.ofSeconds(10);
    private static final Duration LAST = Duration.ofMinutes(5);

    private final ViewState state;
    private final ViewContext context;
    private final Scene scene;

    TypedLocalCommands(ViewState state, ViewContext context, Scene scene) {
        this.state = state;
        this.context = context;
        this.scene = scene;
    }

    private static Map<String, String> explained() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("record", "record the session to a file, or end that: record FILE");
        all.put("export", "write events and failovers, or the lanes: export FILE.md, FILE.json or FILE.svg");
        all.put("screenshot", "save a picture of the screen: screenshot FILE.svg, .txt or .cast");
        all.put("cast", "film the screen for asciinema, or end that: cast FILE.cast");
        return Collections.unmodifiableMap(all);
    }

    /** Returns whether there is such a command. */
    static boolean knows(String verb) {
        return EXPLAINED.containsKey(verb) || OTHERS.contains(verb);
    }

    /** Runs the command; returns false if there is no such command. */
    boolean run(String verb, String argument) {
        Optional<String> file = argument.isEmpty() ? Optional.empty() : Optional.of(argument);
        switch (verb) {
            case "record", "rec" -> context.run(new LocalCommand.Recording(file));
            case "cast", "film" -> context.run(new LocalCommand.Film(file));
            case "screenshot", "shot" -> screenshot(file);
            case "export" -> export(file);
            case "play", "pause" -> context.wind(playback -> new Wind.PlayOrPause());
            case "seek" -> seek(argument);
            case "speed" -> speed(argument);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void screenshot(Optional<String> file) {
        Optional<Snapshot.Format> format = file.map(Snapshot.Format::of).orElse(Optional.of(Snapshot.Format.SVG));
        if (format.isPresent()) {
            state.snapshot = Optional.of(new Snapshot(file, format.get()));
        } else {
            context.say("a screenshot is FILE.txt, FILE.svg or FILE.cast", Ink.WARNING);
        }
    }

    private void export(Optional<String> file) {
        if (file.filter(name -> name.endsWith(".md") || name.endsWith(".json")).isPresent()) {
            context.run(new LocalCommand.Export(file.get()));
        } else if (file.filter(name -> name.endsWith(".svg")).isPresent()) {
            context.run(new LocalCommand.Save(file, ".svg", lanes()));
        } else {
            context.say("export to FILE.md, FILE.json, or the lanes to FILE.svg", Ink.WARNING);
        }
    }

    /**
     * Returns a drawing of the lanes: of the time that the view of the lanes shows, else of the last change of leader
     * with ten seconds around it, else of the last five minutes.
     */
    private String lanes() {
        if (state.views.shown() instanceof LanesView shown) {
            LaneWindow window = shown.window(scene);
            return LaneDocument.of(scene.dashboard(), window.from(0), window.end(), scene.zone());
        }
        Optional<Failover> failover = scene.dashboard().failover().or(() -> scene.dashboard().pastFailovers().stream()
                .reduce((earlier, later) -> later));
        Instant from = failover.map(change -> change.began().minus(AROUND))
                .orElse(scene.now().minus(LAST));
        Instant to = failover.map(change -> change.lastPhaseAt().plus(AROUND))
                .filter(scene.now()::isAfter)
                .orElse(scene.now());
        return LaneDocument.of(scene.dashboard(), from, to, scene.zone());
    }

    private void seek(String argument) {
        Optional<Playback> playback = state.playback;
        Optional<Wind> wind = playback.flatMap(stands -> SeekExpression.parse(argument, stands, scene.zone()));
        if (playback.isPresent() && wind.isEmpty()) {
            context.say("seek to " + SeekExpression.WORDS, Ink.WARNING);
        } else {
            context.wind(stands -> wind.orElseThrow());
        }
    }

    private void speed(String argument) {
        try {
            Wind speed = new Wind.Speed(Double.parseDouble(argument.replaceFirst("x$", "")));
            context.wind(playback -> speed);
        } catch (IllegalArgumentException notOne) {
            context.say("a speed is 0.1 to 1000", Ink.WARNING);
        }
    }
}
