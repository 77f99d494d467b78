package io.patop.screen;

import io.patop.control.LocalCommand;
import io.patop.control.LocalCommand.Wind;
import io.patop.control.Playback;
import io.patop.control.SeekExpression;
import io.patop.screen.terminal.Ink;
import io.patop.screen.view.ViewContext;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The commands typed after {@code :} that write files and control a replay. */
final class ChoreCommands {

    /** The commands that work live and in a replay, with what they do. */
    static final Map<String, String> EXPLAINED = explained();

    private static final Set<String> OTHERS = Set.of("rec", "film", "shot", "play", "pause", "seek", "speed");

    private final ViewState state;
    private final ViewContext context;
    private final ZoneId zone;

    ChoreCommands(ViewState state, ViewContext context, ZoneId zone) {
        this.state = state;
        this.context = context;
        this.zone = zone;
    }

    private static Map<String, String> explained() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("record", "record the session to a file, or end that: record FILE");
        all.put("export", "write the events and failovers to a file: export FILE.md or FILE.json");
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
        } else {
            context.say("export to FILE.md or FILE.json", Ink.WARNING);
        }
    }

    private void seek(String argument) {
        Optional<Playback> playback = state.playback;
        Optional<Wind> wind = playback.flatMap(stands -> SeekExpression.parse(argument, stands, zone));
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
