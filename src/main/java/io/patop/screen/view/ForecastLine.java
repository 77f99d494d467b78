package io.patop.screen.view;

import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.watch.forecast.Forecast;
import java.util.List;

/** The line under the header that tells what would happen if the leader died now. */
public final class ForecastLine {

    private ForecastLine() {}

    /** Draws the longest form that fits. */
    public static void draw(Canvas canvas, int row, Scene scene) {
        Forecast forecast = Forecast.of(scene.dashboard(), scene.now());
        List<String> lines = forecast.lines();
        String line = lines.stream()
                .filter(text -> Canvas.columns(text) <= canvas.width())
                .findFirst()
                .orElse(lines.get(lines.size() - 1));
        canvas.put(0, row, line, forecast instanceof Forecast.Nobody ? Ink.BAD : Ink.DIM);
    }

    /** The dialog that explains each term. */
    public static Dialog explanation(Scene scene) {
        return new Dialog.Text(
                "If the leader died now",
                Forecast.of(scene.dashboard(), scene.now()).explanation().stream()
                        .map(line -> new Cell(line, Ink.DIALOG))
                        .toList(),
                0);
    }
}
