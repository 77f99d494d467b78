package io.patop.screen;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import io.patop.control.FaultInjector;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Theme;
import io.patop.screen.view.Scene;
import io.patop.watch.ManyNodes;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one frame of a view takes, of so many members, on 160 columns and 45 rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g"})
public class FrameBenchmark {

    private static final TerminalSize SIZE = new TerminalSize(160, 45);

    @Param({"3", "100", "1000", "10000"})
    private int members;

    @Param({"members", "lanes"})
    private String view;

    private final ViewState state = new ViewState(FaultInjector.NONE);
    private final Theme theme = Theme.of(ColorDepth.INDEXED, Theme.Background.OWN);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Dashboard dashboard;
    private Screen screen;
    private Instant now = ReducerStory.START;

    @Setup
    public void make() throws IOException {
        dashboard = ManyNodes.of(members).dashboard();
        state.views.show(state.views.named(view).orElseThrow());
        state.member.select(Optional.of(dashboard.members().lastKey()));
        screen = new TerminalScreen(new Paper(written));
        screen.startScreen();
    }

    /** The rows and their places, into memory. */
    @Benchmark
    public BasicTextImage layout() {
        BasicTextImage image = new BasicTextImage(SIZE);
        frame().draw(Canvas.of(image.newTextGraphics(), theme, Glyphs.UNICODE));
        return image;
    }

    /** The same, and what differs from the frame before as bytes for the terminal. */
    @Benchmark
    public int draw() throws IOException {
        screen.clear();
        frame().draw(Canvas.of(screen.newTextGraphics(), theme, Glyphs.UNICODE));
        screen.refresh(Screen.RefreshType.DELTA);
        int bytes = written.size();
        written.reset();
        return bytes;
    }

    private Frame frame() {
        now = now.plusSeconds(1);
        return new Frame(new Scene(dashboard, now, ZoneOffset.UTC, "", false), state);
    }

    /** A terminal of which nobody sees anything. */
    private static final class Paper extends ANSITerminal {
        Paper(ByteArrayOutputStream out) {
            super(new ByteArrayInputStream(new byte[0]), out, StandardCharsets.UTF_8);
        }

        @Override
        protected TerminalSize findTerminalSize() {
            return SIZE;
        }
    }
}
