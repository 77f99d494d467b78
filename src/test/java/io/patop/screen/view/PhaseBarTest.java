package io.patop.screen.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhaseBarTest {

    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void eachPhaseIsTheTimeSinceTheOneBefore() {
        Failover failover = failover(
                Map.of(
                        Phase.FAULT, 0,
                        Phase.LEADER_LOST, 1,
                        Phase.NEW_LEADER, 31,
                        Phase.PROMOTED, 33,
                        Phase.FIRST_WRITE, 32,
                        Phase.REPLICAS_STREAMING, 40,
                        Phase.OLD_LEADER_BACK, 400),
                Optional.of(new Failover.End(START.plusSeconds(400), Failover.Outcome.FAILOVER)));

        assertThat(PhaseBar.pieces(failover, START.plusSeconds(500)))
                .containsExactly(
                        piece("leader lost", 1, false),
                        piece("new leader", 30, false),
                        piece("promoted", 1, false),
                        piece("first write", 0, false),
                        piece("replicas", 8, false));
    }

    @Test
    void whileItRunsTheWaitIsItsLastPiece() {
        Failover failover = failover(Map.of(Phase.FAULT, 0, Phase.LEADER_LOST, 1), Optional.empty());

        assertThat(PhaseBar.pieces(failover, START.plusSeconds(11)))
                .containsExactly(piece("leader lost", 1, false), piece("waiting", 10, true));
    }

    @Test
    void theBarIsFullAndEachPieceIsSeen() {
        List<PhaseBar.Piece> pieces =
                List.of(piece("a", 0, false), piece("b", 30, false), piece("c", 1, false), piece("d", 29, false));

        int[] widths = PhaseBar.widths(pieces, 78);
        assertThat(Arrays.stream(widths).sum()).isEqualTo(78);
        assertThat(widths[0]).isEqualTo(1);
        assertThat(widths[1]).isBetween(36, 40);
        assertThat(widths[3]).isBetween(35, 39);
    }

    private static PhaseBar.Piece piece(String words, int seconds, boolean running) {
        return new PhaseBar.Piece(words, Duration.ofSeconds(seconds), running);
    }

    private static Failover failover(Map<Phase, Integer> seconds, Optional<Failover.End> end) {
        Map<Phase, Instant> reached = new java.util.EnumMap<>(Phase.class);
        seconds.forEach((phase, second) -> reached.put(phase, START.plusSeconds(second)));
        return new Failover(
                "a",
                Optional.of("b"),
                Optional.empty(),
                Optional.empty(),
                reached,
                end,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }
}
