package io.patop.screen;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import com.googlecode.lanterna.terminal.Terminal;
import io.patop.watch.Action;
import io.patop.watch.Dashboard;
import io.patop.watch.FaultInjector;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The dashboard on a terminal. One thread draws and handles keys; another only reads them. The next key is read when the one before
 * has been handled. Whoever has news
 * calls {@link #wake}. Nothing here waits for a node, an engine or a database: what is drawn is the dashboard
 * as it stands.
 */
public final class DashboardScreen {

    /** Frames that no key asked for come at most this often. */
    private static final Duration FRAME = Duration.ofMillis(40);

    /** Ages are drawn anew this often when nothing else happens. */
    private static final Duration AGES = Duration.ofSeconds(1);

    /**
     * How to draw.
     *
     * @param theme the inks' looks
     * @param glyphs the signs
     * @param readOnly whether keys that change the world are dead
     * @param zone for times of day
     */
    public record Style(Theme theme, Glyphs glyphs, boolean readOnly, ZoneId zone) {}

    private sealed interface Signal {
        record Stroke(KeyStroke key) implements Signal {}

        record News() implements Signal {}

        record Lost() implements Signal {}
    }

    private final Terminal terminal;
    private final Supplier<Dashboard> dashboard;
    private final Style style;
    private final ConfigEditor editor;
    private final Clock clock;
    private final Keyboard keyboard;
    private final ViewState state;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Semaphore handled = new Semaphore(0);
    private final AtomicBoolean newsWaiting = new AtomicBoolean();
    private volatile boolean ended;

    /**
     * A screen that draws nothing until {@link #run}.
     *
     * @param terminal to draw on; entered by {@link #run}, left by whoever opened it
     * @param dashboard what to draw, asked at each frame
     * @param faults that are offered beside what Docker can do
     * @param actions takes what the person has confirmed
     * @param style how to draw
     * @param editor for the configuration
     * @param clock for ages
     */
    public DashboardScreen(
            Terminal terminal,
            Supplier<Dashboard> dashboard,
            FaultInjector faults,
            Consumer<Action> actions,
            Style style,
            ConfigEditor editor,
            Clock clock) {
        this.terminal = terminal;
        this.dashboard = dashboard;
        this.style = style;
        this.editor = editor;
        this.clock = clock;
        this.state = new ViewState(faults);
        this.keyboard = new Keyboard(state, actions);
    }

    /** Draws soon. For any thread. */
    public void wake() {
        if (newsWaiting.compareAndSet(false, true)) {
            signals.add(new Signal.News());
        }
    }

    /** Ends {@link #run} soon. For any thread. */
    public void end() {
        ended = true;
        editor.end();
        wake();
    }

    /**
     * Shows the dashboard until the person quits or the terminal is lost.
     *
     * @throws IOException if the terminal cannot be written to
     */
    public void run() throws IOException {
        Screen screen = new TerminalScreen(terminal);
        screen.startScreen();
        terminal.addResizeListener((resized, size) -> wake());
        Thread reader = new Thread(this::readKeys, "patop-keys");
        reader.setDaemon(true);
        reader.start();
        screen.setCursorPosition(null);
        while (!ended) {
            draw(screen);
            ended |= !handle(awaitSignals(), screen);
        }
    }

    private void draw(Screen screen) throws IOException {
        newsWaiting.set(false);
        TerminalSize unused = terminal.getTerminalSize(); // asked, so that the screen learns of a resize
        boolean resized = screen.doResizeIfNecessary() != null;
        screen.clear();
        Scene scene = scene();
        keyboard.keepUp(scene.dashboard(), scene.now());
        new Frame(scene, state).draw(Canvas.of(screen.newTextGraphics(), style.theme(), style.glyphs()));
        screen.refresh(resized ? Screen.RefreshType.COMPLETE : Screen.RefreshType.DELTA);
    }

    private Scene scene() {
        Dashboard shown = state.held.orElseGet(dashboard);
        return new Scene(shown, clock.instant(), style.zone(), state.filter, style.readOnly());
    }

    /** Waits for a key, for news at the pace of frames, or for ages to change; then takes all there is. */
    private List<Signal> awaitSignals() {
        List<Signal> taken = new ArrayList<>();
        try {
            Signal first = signals.poll(AGES.toMillis(), TimeUnit.MILLISECONDS);
            if (first instanceof Signal.News) {
                Signal next = signals.poll(FRAME.toMillis(), TimeUnit.MILLISECONDS);
                Optional.ofNullable(next).ifPresent(taken::add);
            } else {
                Optional.ofNullable(first).ifPresent(taken::add);
            }
            signals.drainTo(taken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            ended = true;
        }
        return taken;
    }

    /** Whether to go on. */
    private boolean handle(List<Signal> taken, Screen screen) throws IOException {
        for (Signal signal : taken) {
            if (signal instanceof Signal.Lost) {
                return false;
            }
            if (signal instanceof Signal.Stroke stroke) {
                Keyboard.Outcome outcome = keyboard.press(stroke.key(), scene());
                if (outcome == Keyboard.Outcome.QUIT) {
                    return false;
                }
                if (outcome == Keyboard.Outcome.REDRAW) {
                    screen.refresh(Screen.RefreshType.COMPLETE);
                }
                if (state.editing.isPresent()) {
                    edit(state.editing.get(), screen);
                }
                handled.release();
            }
        }
        return true;
    }

    /**
     * Leaves the terminal to the editor. Meanwhile nobody here reads keys, since the thread that does waits for the
     * key that led here to be handled; and nothing is drawn, while watching goes on.
     */
    private void edit(ViewState.Editing wish, Screen screen) throws IOException {
        state.editing = Optional.empty();
        terminal.exitPrivateMode();
        ConfigEditor.Outcome outcome = editor.edit(wish.config());
        if (!ended) {
            terminal.enterPrivateMode();
            screen.refresh(Screen.RefreshType.COMPLETE);
            wish.then().accept(outcome);
        }
    }

    /** Ends with the terminal: a lost connection is the end of input, and must not become a busy loop. */
    private void readKeys() {
        try {
            while (!ended) {
                KeyStroke key = terminal.readInput();
                if (key == null || key.getKeyType() == KeyType.EOF) {
                    break;
                }
                signals.add(new Signal.Stroke(key));
                handled.acquire();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException lost) {
            signals.add(new Signal.Lost());
        }
        signals.add(new Signal.Lost());
    }
}
