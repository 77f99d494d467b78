package io.patop.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept to be recorded afterwards stays within its bytes. */
class RingTest {

    private static final int MOST = 200_000;

    /** With many members and short lines it is what was known that takes the memory. */
    @Test
    void whatWasKnownBeforeCountsToo() {
        Ring ring = new Ring(MOST);
        Dashboard known = crowd(300);
        for (int i = 0; i < 100_000; i++) {
            ring.add(known, ReducerStory.START.plusSeconds(i), "{}");
        }

        List<Segment> kept = ring.segments();
        assertThat(ring.dropped()).isPositive();
        assertThat(kept.stream().mapToInt(Segment::bytes).sum())
                .isLessThan(MOST + 2 * kept.get(0).bytes());
        assertThat(kept.get(0).before()).isEqualTo(known);
    }

    private static Dashboard crowd(int members) {
        return new ReducerStory()
                .cluster(IntStream.range(0, members)
                        .mapToObj(i -> ReducerStory.replica("m" + i * 7919 % 10_007, 1, i * 31L))
                        .toArray(String[]::new))
                .dashboard();
    }
}
