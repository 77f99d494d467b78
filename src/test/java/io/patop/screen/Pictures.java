package io.patop.screen;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.graphics.TextGraphics;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.control.FaultInjector;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Theme;
import io.patop.screen.view.Scene;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.Inspection;
import io.patop.watch.source.MemberLogs;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The screen as text, for one dashboard at one moment; with a keyboard. */
public final class Pictures {

    public final List<Action> ordered = new ArrayList<>();
    public final ViewState state;
    boolean readOnly;
    private final Keyboard keyboard;
    private final Glyphs glyphs;

    public Pictures(Inspection inspection, Glyphs glyphs) {
        this(inspection, MemberLogs.NONE, glyphs);
    }

    public Pictures(Inspection inspection, MemberLogs logs, Glyphs glyphs) {
        this(new ViewState(FaultInjector.NONE, inspection, logs), glyphs);
    }

    Pictures(ViewState state, Glyphs glyphs) {
        this.state = state;
        this.keyboard = new Keyboard(state, ordered::add);
        this.glyphs = glyphs;
    }

    /** The frame, without the blanks at the ends of its lines. */
    public String draw(Dashboard dashboard, Instant now, int columns, int rows) {
        BasicTextImage image = new BasicTextImage(new TerminalSize(columns, rows));
        TextGraphics graphics = image.newTextGraphics();
        keyboard.keepUp(dashboard, now);
        if (!state.talking) {
            state.views.shown().keepUp(scene(dashboard, now));
        }
        new Frame(scene(dashboard, now), state).draw(Canvas.of(graphics, Theme.of(ColorDepth.NONE), glyphs));
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                TextCharacter character = image.getCharacterAt(column, row);
                line.append(character.getCharacterString());
                column += character.isDoubleWidth() ? 1 : 0;
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    public void press(Dashboard dashboard, Instant now, String keys) {
        for (int i = 0; i < keys.length(); i++) {
            press(dashboard, now, new KeyStroke(keys.charAt(i), false, false));
        }
    }

    public void press(Dashboard dashboard, Instant now, KeyType key) {
        press(dashboard, now, new KeyStroke(key));
    }

    Keyboard.Outcome press(Dashboard dashboard, Instant now, KeyStroke stroke) {
        Keyboard.Outcome outcome = keyboard.press(stroke, scene(dashboard, now));
        if (outcome == Keyboard.Outcome.QUIT) {
            state.quit = true;
        }
        return outcome;
    }

    private Scene scene(Dashboard dashboard, Instant now) {
        return new Scene(dashboard, now, ZoneOffset.UTC, state.filter, readOnly);
    }
}
