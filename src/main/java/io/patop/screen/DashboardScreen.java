package io.patop.screen;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import com.googlecode.lanterna.terminal.Terminal;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.KeyBindings;
import io.patop.screen.terminal.TerminalReport;
import io.patop.screen.terminal.Theme;
import io.patop.screen.terminal.Tty;
import io.patop.screen.view.ConfigEditor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The dashboard on a terminal. One thread draws and handles keys; another only reads keys, each when the one before
 * has been handled. Whoever has news calls {@link #wake}. Nothing here waits for a node, a Docker engine or a
 * database: the dashboard is drawn as it stands.
 */
public final class DashboardScreen {

    /** Shortest time between two frames that no key asked for. */
    private static final Duration FRAME = Duration.ofMillis(40);

    /** Shortest time between two such frames of a fleet, which always has news. */
    private static final Duration FLEET_FRAME = Duration.ofMillis(250);

    /** Longest time between two frames, since ages on the screen grow. */
    private static final Duration AGES = Duration.ofSeconds(1);

    /** Time between two frames while a stopwatch in tenths of a second is shown. */
    private static final Duration STOPWATCH = Duration.ofMillis(100);

    /**
     * How to draw.
     *
     * @param theme the colours of the inks
     * @param glyphs the signs
     * @param keys which keys a person has put elsewhere
     * @param readOnly whether the keys that change the cluster do nothing
     * @param zone time zone for times of day
     */
    public record Style(Theme theme, Glyphs glyphs, KeyBindings keys, boolean readOnly, ZoneId zone) {}

    private sealed interface Signal {

        /** Does what the signal means; returns whether the screen goes on. */
        boolean reach(DashboardScreen screen) throws IOException;

        record Stroke(KeyStroke key, long typedAt) implements Signal {
            @Override
            public boolean reach(DashboardScreen screen) throws IOException {
                return screen.press(this) && screen.goOn();
            }
        }

        record Paste(String text) implements Signal {
            @Override
            public boolean reach(DashboardScreen screen) {
                screen.open.ifPresentOrElse(
                        pane -> pane.paste(text),
                        () -> screen.fleet.orElseThrow().paste(text));
                return screen.goOn();
            }
        }

        record Click(TerminalReport.Mouse mouse, long at) implements Signal {
            @Override
            public boolean reach(DashboardScreen screen) throws IOException {
                return screen.click(this) && screen.goOn();
            }
        }

        record News() implements Signal {
            @Override
            public boolean reach(DashboardScreen screen) {
                return true;
            }
        }

        record Said(String text, Ink ink) implements Signal {
            @Override
            public boolean reach(DashboardScreen screen) {
                screen.open.ifPresent(pane -> pane.say(text, ink));
                return true;
            }
        }

        record Lost() implements Signal {
            @Override
            public boolean reach(DashboardScreen screen) {
                return false;
            }
        }
    }

    private final Terminal terminal;
    private final List<ClusterSession> clusters;
    private final Optional<FleetBoard> fleet;
    private final Map<String, ClusterPane> panes = new HashMap<>();
    private final Style style;
    private final ConfigEditor editor;
    private final Clock clock;
    private final Semaphore handled = new Semaphore(0);
    private final Pointer pointer = new Pointer();
    private Optional<String> selected = Optional.empty();
    private LocalCommands backstage = LocalCommands.NONE;
    private Optional<ClusterPane> open = Optional.empty();
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final AtomicBoolean newsWaiting = new AtomicBoolean();
    private Alarm alarm = Alarm.NONE;
    private volatile boolean ended;
    private final AtomicBoolean spoilt = new AtomicBoolean();

    /**
     * Makes a screen that draws nothing until {@link #run}.
     *
     * @param terminal the terminal to draw on; entered by {@link #run}, left by whoever opened it
     * @param clusters one cluster, which is shown alone, or several, which are shown as a fleet
     * @param first the cluster of the fleet that is open at first; empty for the fleet itself
     * @param style how to draw
     * @param editor the editor for the configuration
     * @param clock the clock for ages
     */
    public DashboardScreen(
            Terminal terminal,
            List<ClusterSession> clusters,
            Optional<String> first,
            Style style,
            ConfigEditor editor,
            Clock clock) {
        this.terminal = terminal;
        this.clusters = List.copyOf(clusters);
        this.style = style;
        this.editor = editor;
        this.clock = clock;
        this.fleet = clusters.size() > 1 ? Optional.of(new FleetBoard(clusters, style.keys())) : Optional.empty();
        (fleet.isPresent() ? first : Optional.of(clusters.get(0).name())).ifPresent(this::open);
    }

    /** Shows one cluster of the fleet. The view states of the others are kept. */
    private void open(String name) {
        ClusterPane pane = panes.computeIfAbsent(name, absent -> clusters.stream()
                .filter(cluster -> cluster.name().equals(name))
                .findFirst()
                .map(cluster -> new ClusterPane(cluster, style, clock, fleet.isPresent()))
                .orElseThrow());
        pane.accompany(backstage);
        pane.attend(true);
        open = Optional.of(pane);
    }

    private void leave() {
        open.ifPresent(pane -> pane.attend(false));
        open = Optional.empty();
    }

    /** Sets what runs local commands, and the alarm. Must be called before {@link #run}. */
    public void accompany(LocalCommands helpers, Alarm bell) {
        backstage = helpers;
        open.ifPresent(pane -> pane.accompany(helpers));
        alarm = bell;
    }

    /** Shows the outcome of a local command in the status line. For any thread. */
    public void say(String text, Ink ink) {
        signals.add(new Signal.Said(text, ink));
    }

    /** Asks for a frame soon. For any thread. */
    public void wake() {
        if (newsWaiting.compareAndSet(false, true)) {
            signals.add(new Signal.News());
        }
    }

    /**
     * Asks for the whole screen to be drawn again, since something else has written on the terminal. For any thread.
     */
    public void redraw() {
        spoilt.set(true);
        wake();
    }

    /** Makes {@link #run} return soon. For any thread. */
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
            List<Signal> taken = awaitSignals();
            ended |= !handle(taken) || (taken.stream().anyMatch(Signal.Stroke.class::isInstance) && !handleBurst());
        }
    }

    /**
     * Handles keys that come faster than frames (a held key, an unmarked paste) without a frame for each, so that
     * thousands of keys do not wait for frames. It stops at a question, which must be seen before it is answered.
     */
    private boolean handleBurst() throws IOException {
        long end = System.nanoTime() + FRAME.toNanos();
        try {
            while (!ended && !asks() && System.nanoTime() < end) {
                Signal next = signals.poll(1, TimeUnit.MILLISECONDS);
                if (next == null) {
                    return true;
                }
                if (!handle(List.of(next))) {
                    return false;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }

    private boolean asks() {
        return open.filter(ClusterPane::asks).isPresent();
    }

    private void draw(Screen screen) throws IOException {
        newsWaiting.set(false);
        boolean isSpoilt = spoilt.getAndSet(false); // before the size: what spoils it from here on is drawn next time
        TerminalSize unused = terminal.getTerminalSize(); // called so that the screen learns of a resize
        boolean anew = screen.doResizeIfNecessary() != null || isSpoilt;
        screen.clear();
        Canvas canvas = Canvas.of(screen.newTextGraphics(), style.theme(), style.glyphs());
        if (open.isPresent()) {
            Frame frame = open.get().draw(canvas);
            refresh(screen, anew);
            open.get().written(frame, System.nanoTime());
            alarm.heed(open.get().dashboard(), System.nanoTime());
            open.get().takePictures(frame, screen.getTerminalSize());
        } else {
            fleet.orElseThrow().draw(canvas, clock.instant(), style.zone());
            refresh(screen, anew);
        }
        pointer.drawn(canvas.index());
        selected = canvas.index().selected();
    }

    private void refresh(Screen screen, boolean anew) throws IOException {
        Screen.RefreshType type = anew ? Screen.RefreshType.COMPLETE : Screen.RefreshType.DELTA;
        if (terminal instanceof Tty tty) {
            tty.beginUpdate();
            screen.refresh(type);
            tty.endUpdate();
        } else {
            screen.refresh(type);
        }
    }

    private Duration pause() {
        Duration ages = open.filter(ClusterPane::runsAStopwatch).isPresent() ? STOPWATCH : AGES;
        // A question is drawn again as soon as it can be answered.
        return open.flatMap(pane -> pane.answerableIn(System.nanoTime()))
                .map(left -> left.plusMillis(1))
                .filter(left -> left.compareTo(ages) < 0)
                .orElse(ages);
    }

    /**
     * Waits for a key, for news (at the pace of frames) or until ages have to be drawn again; then takes every signal
     * there is.
     */
    private List<Signal> awaitSignals() {
        List<Signal> taken = new ArrayList<>();
        try {
            Signal first = signals.poll(pause().toMillis(), TimeUnit.MILLISECONDS);
            if (first instanceof Signal.News) {
                Duration pace = open.isPresent() ? FRAME : FLEET_FRAME;
                Signal next = signals.poll(pace.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Handles the signals; returns whether the screen goes on. */
    private boolean handle(List<Signal> taken) throws IOException {
        for (Signal signal : taken) {
            if (!signal.reach(this)) {
                return false;
            }
        }
        return true;
    }

    /** Lets the next input be read. Returns true: the screen goes on. */
    private boolean goOn() {
        handled.release();
        return true;
    }

    private boolean click(Signal.Click click) throws IOException {
        for (Pointer.Act act : pointer.acts(click.mouse(), click.at())) {
            boolean goesOn = open.isPresent()
                    ? follow(open.get(), open.get().point(act, click.at()))
                    : follow(fleet.orElseThrow().point(act));
            if (!goesOn) {
                return false;
            }
        }
        return true;
    }

    private boolean press(Signal.Stroke stroke) throws IOException {
        return open.isPresent()
                ? follow(open.get(), open.get().press(stroke.key(), stroke.typedAt()))
                : follow(fleet.orElseThrow().press(stroke.key()));
    }

    private void copy(ClusterPane pane) throws IOException {
        Optional<String> text = pane.copied(selected);
        if (text.isPresent() && terminal instanceof Tty tty) {
            tty.copy(text.get());
        }
    }

    private boolean follow(FleetBoard.Outcome outcome) {
        return outcome.goesOn(this::open);
    }

    private boolean follow(ClusterPane pane, Keyboard.Outcome outcome) throws IOException {
        switch (outcome) {
            case QUIT -> {
                return false;
            }
            case REDRAW -> spoilt.set(true);
            case SUSPEND -> {
                if (terminal instanceof Tty tty) {
                    tty.suspend();
                    spoilt.set(true);
                }
            }
            case COPY -> copy(pane);
            case LEAVE -> leave();
            case GO_ON -> {}
        }
        Optional<ViewState.Editing> wish = pane.editing();
        if (wish.isPresent()) {
            edit(wish.get());
        }
        return true;
    }

    /**
     * Leaves the terminal to the editor. Nothing else reads keys meanwhile, since the reading thread waits until the
     * key that led here has been handled. Nothing is drawn, while watching goes on.
     */
    private void edit(ViewState.Editing wish) throws IOException {
        terminal.exitPrivateMode();
        ConfigEditor.Outcome outcome = editor.edit(wish.config());
        if (!ended) {
            terminal.enterPrivateMode();
            spoilt.set(true);
            wish.then().accept(outcome);
        }
    }

    /** Reads keys until the terminal ends: a lost connection is the end of input, and must not become a busy loop. */
    private void readKeys() {
        long typedAt = System.nanoTime();
        try {
            while (!ended) {
                // A key that waits already was typed at the latest while the key before was handled; it gets that
                // time.
                KeyStroke key = terminal.pollInput();
                if (key == null) {
                    key = terminal.readInput();
                    typedAt = System.nanoTime();
                }
                if (key == null || key.getKeyType() == KeyType.EOF) {
                    break;
                }
                signals.add(signal(key, typedAt));
                handled.acquire();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException lost) {
            signals.add(new Signal.Lost());
        }
        signals.add(new Signal.Lost());
    }

    private Signal signal(KeyStroke key, long typedAt) {
        if (key.getKeyType() == KeyType.F19 && terminal instanceof Tty tty) {
            return new Signal.Paste(tty.pasted().orElse(""));
        }
        if (key.getKeyType() == KeyType.F18 && terminal instanceof Tty tty) {
            Optional<TerminalReport.Mouse> clicked = tty.clicked();
            if (clicked.isPresent()) {
                return new Signal.Click(clicked.get(), typedAt);
            }
        }
        return new Signal.Stroke(key, typedAt);
    }
}
