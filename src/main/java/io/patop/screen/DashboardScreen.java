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
import io.patop.watch.Inspection;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The dashboard on a terminal. One thread draws and handles keys; another only reads them. Whoever has news
 * calls {@link #wake}. Nothing here waits for a node, an engine or a database: what is drawn is the dashboard
 * as it stands.
 */
public final class DashboardScreen {

    /** Frames that no key asked for come at most this often. */
    private static final Duration FRAME = Duration.ofMillis(40);

    /** Ages are drawn anew this often when nothing else happens. */
    private static final Duration AGES = Duration.ofSeconds(1);

    /** A stopwatch that an audience looks at runs smoothly. */
    private static final Duration STOPWATCH = Duration.ofMillis(100);

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

        record Paste(String text) implements Signal {}

        record News() implements Signal {}

        record Said(String text, Ink ink) implements Signal {}

        record Lost() implements Signal {}
    }

    private final Terminal terminal;
    private final Supplier<Dashboard> dashboard;
    private final Style style;
    private final Clock clock;
    private final Keyboard keyboard;
    private final ViewState state;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final AtomicBoolean newsWaiting = new AtomicBoolean();
    private Alarm alarm = Alarm.NONE;
    private Optional<Notice> noticed = Optional.empty();
    private long noticedAt;
    private volatile boolean ended;
    private volatile boolean spoilt;

    /**
     * A screen that draws nothing until {@link #run}.
     *
     * @param terminal to draw on; entered by {@link #run}, left by whoever opened it
     * @param dashboard what to draw, asked at each frame
     * @param faults that are offered beside what Docker can do
     * @param inspection of the nodes' raw answers
     * @param actions takes what the person has confirmed
     * @param style how to draw
     * @param clock for ages
     */
    public DashboardScreen(
            Terminal terminal,
            Supplier<Dashboard> dashboard,
            FaultInjector faults,
            Inspection inspection,
            Consumer<Action> actions,
            Style style,
            Clock clock) {
        this.terminal = terminal;
        this.dashboard = dashboard;
        this.style = style;
        this.clock = clock;
        this.state = new ViewState(faults, inspection);
        this.keyboard = new Keyboard(state, actions);
    }

    /** Who runs errands, and who calls a person that looks elsewhere. To be told before {@link #run}. */
    public void accompany(Backstage backstage, Alarm bell) {
        state.backstage = backstage;
        alarm = bell;
    }

    /** Says in the status line what came of an errand. For any thread. */
    public void say(String text, Ink ink) {
        signals.add(new Signal.Said(text, ink));
    }

    /** Draws soon. For any thread. */
    public void wake() {
        if (newsWaiting.compareAndSet(false, true)) {
            signals.add(new Signal.News());
        }
    }

    /** Draws all of it anew soon, since something else has written on the terminal. For any thread. */
    public void redraw() {
        spoilt = true;
        wake();
    }

    /** Ends {@link #run} soon. For any thread. */
    public void end() {
        ended = true;
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
            ended |= !handle(awaitSignals());
        }
    }

    private void draw(Screen screen) throws IOException {
        newsWaiting.set(false);
        TerminalSize unused = terminal.getTerminalSize(); // asked, so that the screen learns of a resize
        boolean anew = screen.doResizeIfNecessary() != null || spoilt;
        spoilt = false;
        screen.clear();
        state.playback = state.backstage.playback();
        state.underWay = state.backstage.underWay();
        dropOldNotice();
        Scene scene = scene();
        keyboard.keepUp(scene.dashboard(), scene.now());
        if (state.held.isEmpty() && !state.talking) {
            state.views.shown().keepUp(scene);
        }
        Frame frame = new Frame(scene, state);
        frame.draw(Canvas.of(screen.newTextGraphics(), style.theme(), style.glyphs()));
        screen.refresh(anew ? Screen.RefreshType.COMPLETE : Screen.RefreshType.DELTA);
        alarm.heed(dashboard.get(), System.nanoTime());
        takePictures(frame, screen.getTerminalSize());
    }

    private void takePictures(Frame frame, TerminalSize size) {
        state.backstage.drawn(() -> Picture.of(frame, size, style.glyphs()));
        state.snapshot.ifPresent(
                wish -> state.backstage.run(wish.of(Picture.of(frame, size, style.glyphs()), clock.instant())));
        state.snapshot = Optional.empty();
    }

    private void dropOldNotice() {
        if (!state.notice.equals(noticed)) {
            noticed = state.notice;
            noticedAt = System.nanoTime();
        } else if (System.nanoTime() - noticedAt > Notice.SHOWN_FOR.toNanos()) {
            state.notice = Optional.empty();
        }
    }

    private Scene scene() {
        Dashboard shown = state.held.orElseGet(dashboard);
        return new Scene(shown, clock.instant(), style.zone(), state.filter, style.readOnly());
    }

    private Duration pause() {
        return state.talking && TalkScreen.counts(dashboard.get()) ? STOPWATCH : AGES;
    }

    /** Waits for a key, for news at the pace of frames, or for ages to change; then takes all there is. */
    private List<Signal> awaitSignals() {
        List<Signal> taken = new ArrayList<>();
        try {
            Signal first = signals.poll(pause().toMillis(), TimeUnit.MILLISECONDS);
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
    private boolean handle(List<Signal> taken) {
        for (Signal signal : taken) {
            if (signal instanceof Signal.Lost) {
                return false;
            }
            if (signal instanceof Signal.Said said) {
                state.notice = Optional.of(Notice.of(said.text(), said.ink(), clock.instant()));
            } else if (signal instanceof Signal.Paste paste) {
                keyboard.paste(paste.text(), scene());
            } else if (signal instanceof Signal.Stroke stroke) {
                Keyboard.Outcome outcome = keyboard.press(stroke.key(), scene());
                if (outcome == Keyboard.Outcome.QUIT) {
                    return false;
                }
                if (outcome == Keyboard.Outcome.REDRAW) {
                    spoilt = true;
                } else if (outcome == Keyboard.Outcome.SUSPEND && terminal instanceof Tty tty) {
                    tty.suspend();
                    spoilt = true;
                }
            }
        }
        return true;
    }

    /** Ends with the terminal: a lost connection is the end of input, and must not become a busy loop. */
    private void readKeys() {
        try {
            while (!ended) {
                KeyStroke key = terminal.readInput();
                if (key == null || key.getKeyType() == KeyType.EOF) {
                    break;
                }
                signals.add(signal(key));
            }
        } catch (IOException | RuntimeException lost) {
            signals.add(new Signal.Lost());
        }
        signals.add(new Signal.Lost());
    }

    private Signal signal(KeyStroke key) {
        if (key.getKeyType() == KeyType.F19 && terminal instanceof Tty tty) {
            return new Signal.Paste(tty.pasted().orElse(""));
        }
        return new Signal.Stroke(key);
    }
}
