package io.patop.screen;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.control.LocalCommand.Wind;
import io.patop.control.Playback;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.screen.view.ViewKey;
import io.patop.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The keys that control a replay on every view, and the text that tells its position. */
final class ReplayKeys {

    private static final Duration LEAP = Duration.ofSeconds(10);

    /** The keys in the order of the footer. They come before the keys of the views. */
    static final List<ViewKey> ALL = List.of(
            key(" ", "Space", "Play", "play, or pause", playback -> new Wind.PlayOrPause()),
            key("]", "]", "Next event", "go to the next event", playback -> new Wind.ByEvents(1)),
            key("[", "[", "Event before", "go to the event before", playback -> new Wind.ByEvents(-1)),
            key(".", ".", "Step", "one observation on", playback -> new Wind.Step(1)),
            key(",", ",", "Step back", "one observation back", playback -> new Wind.Step(-1)),
            key(">", ">", "Faster", "twice as fast", playback -> speed(playback, 2)),
            key("<", "<", "Slower", "half as fast", playback -> speed(playback, 0.5)),
            arrow("Right", KeyType.ArrowRight, "10 s on", new Wind.By(LEAP)),
            arrow("Left", KeyType.ArrowLeft, "10 s back", new Wind.By(LEAP.negated())));

    private ReplayKeys() {}

    /** Returns the replay's position for the status line. */
    static Cell text(Playback playback) {
        String state = playback.playing() ? "playing" : playback.isOver() ? "at its end" : "paused";
        String more = playback.whole() ? "" : "+";
        String pace = playback.speed() == 1 ? "" : " " + times(playback.speed());
        return new Cell(
                "REPLAY " + state + pace + "  " + DurationText.age(playback.elapsed()) + " of "
                        + DurationText.age(playback.length()) + more + "  event " + playback.event() + "/"
                        + playback.events()
                        + more + playback.flaw().map(flaw -> "  cut off").orElse(""),
                Ink.WARNING);
    }

    private static Wind speed(Playback playback, double factor) {
        return new Wind.Speed(Math.max(Wind.Speed.MIN, Math.min(Wind.Speed.MAX, playback.speed() * factor)));
    }

    private static String times(double speed) {
        return speed == Math.rint(speed) ? Math.round(speed) + "x" : speed + "x";
    }

    private static ViewKey key(
            String character, String name, String label, String explanation, Function<Playback, Wind> wind) {
        return new ViewKey(
                name,
                label,
                "replay: " + explanation,
                true,
                List.of(new KeyStroke(character.charAt(0), false, false)),
                (scene, context) -> context.wind(wind));
    }

    private static ViewKey arrow(String name, KeyType type, String explanation, Wind wind) {
        return ViewKey.named(
                name, type, "", "replay: " + explanation, true, (scene, context) -> context.wind(playback -> wind));
    }
}
