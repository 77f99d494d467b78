package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.sun.management.ThreadMXBean;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Column;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Grid;
import io.patop.screen.terminal.Theme;
import io.patop.watch.ManyNodes;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.Inspection;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of 10,000 members a frame makes what it shows; a key is taken as with three. */
@Timeout(60)
class ManyMembersFrameTest {

    private static final int MANY = 10_000;
    private static final List<String> VIEWS = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "T");
    private static final Instant NOW = ReducerStory.START.plusSeconds(2);
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aTableMakesTheRowsThatItShows() {
        List<Integer> things = IntStream.range(0, MANY).boxed().toList();
        AtomicInteger made = new AtomicInteger();
        BasicTextImage image = new BasicTextImage(new TerminalSize(80, 24));

        new Grid<Integer>(List.of(Column.word("N", 0, row -> Cell.of("" + row))))
                .draw(
                        Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), Glyphs.ASCII),
                        things,
                        thing -> {
                            made.incrementAndGet();
                            return thing;
                        },
                        5_000);

        assertThat(made).hasValue(23);
    }

    /** The names are looked through, to find the selected one; no member has a row, a cell or a text that is not shown. */
    @Test
    void aFrameMakesLittleMoreThanOfAHundred() {
        long ofFew = made(ManyNodes.of(100).dashboard());
        long ofMany = made(ManyNodes.of(MANY).dashboard());

        assertThat(ofMany - ofFew).isLessThan(MANY * 800L);
    }

    @Test
    void everyViewAndKeyCopesWithThem() {
        Dashboard many = ManyNodes.of(MANY).dashboard();
        Pictures pictures = new Pictures(Inspection.NONE, Glyphs.UNICODE);
        for (String view : VIEWS) {
            pictures.press(many, NOW, view);
            for (String key : List.of("j", "k", "G", "g", "s")) {
                pictures.press(many, NOW, key);
                assertThat(pictures.draw(many, NOW, 160, 45)).doesNotContain("a bug: the view");
            }
        }
        pictures.press(many, NOW, "1/patroni0999");
        assertThat(pictures.draw(many, NOW, 80, 24))
                .contains("patroni09990", "patroni09999")
                .doesNotContain("patroni0998");
    }

    @Test
    void theScreenSaysThatSomeAreLeftOut() {
        Dashboard more = new ReducerStory()
                .cluster(IntStream.range(0, MANY + 5)
                        .mapToObj(i -> ReducerStory.replica("m" + i, 1, 0))
                        .toArray(String[]::new))
                .dashboard();

        assertThat(new Pictures(Inspection.NONE, Glyphs.UNICODE).draw(more, NOW, 80, 24))
                .contains("/cluster lists 5 members more than the 10000 that are taken");
    }

    /** Each name at the bound of what is shown of one, and full of what is not. */
    @Test
    void theirNamesMayBeHostile() {
        String evil = "\\u001b]0;x\\u0007\\u202e日本".repeat(40);
        Dashboard hostile = new ReducerStory()
                .cluster(IntStream.range(0, MANY)
                        .mapToObj(i -> ReducerStory.member(
                                i + evil,
                                evil,
                                evil,
                                "\"lag\":\"" + evil + "\",\"timeline\":" + i + ",\"tags\":{\"" + evil + "\":1}"))
                        .toArray(String[]::new))
                .dashboard();
        Pictures pictures = new Pictures(Inspection.NONE, Glyphs.UNICODE);
        for (String view : VIEWS) {
            pictures.press(hostile, NOW, view + "G");
            String screen = pictures.draw(hostile, NOW, 160, 45);
            assertThat(screen).doesNotContain("a bug: the view", "\u001b", "\u0007", "\u202e");
        }
    }

    private static long made(Dashboard dashboard) {
        Pictures pictures = new Pictures(Inspection.NONE, Glyphs.UNICODE);
        pictures.draw(dashboard, NOW, 160, 45);
        long before = THREAD.getCurrentThreadAllocatedBytes();
        pictures.draw(dashboard, NOW, 160, 45);
        return THREAD.getCurrentThreadAllocatedBytes() - before;
    }
}
