package io.patop.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.history.Anomaly.Kind;
import io.patop.history.Claims.Durability;
import io.patop.history.Operation.Action;
import io.patop.history.Operation.Insert;
import io.patop.history.Operation.NumbersRead;
import io.patop.history.Operation.Route;
import io.patop.history.Operation.SumRead;
import io.patop.history.Operation.Transfer;
import io.patop.probe.Outcome;
import io.patop.probe.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {

    private static final Server FIRST = new Server("10.0.0.1", 5432, Instant.EPOCH);
    private static final Server SECOND = new Server("10.0.0.2", 5432, Instant.EPOCH);
    private static final Server FIRST_RESTARTED = new Server("10.0.0.1", 5432, Instant.EPOCH.plusSeconds(1));
    private static final Claims STRICT = new Claims(Durability.SYNCHRONOUS, Duration.ofSeconds(30), 1000, 800);
    private static final Claims ASYNCHRONOUS = new Claims(Durability.ASYNCHRONOUS, Duration.ofSeconds(30), 1000, 800);

    private final List<Operation> operations = new ArrayList<>();
    private long now;

    private HistoryCheckerTest add(Outcome outcome, Route route, Optional<Server> server, Action action) {
        operations.add(new Operation(1, now, now + 1000, outcome, route, server, action));
        now += 2000;
        return this;
    }

    private HistoryCheckerTest accepts(Server server, long... numbers) {
        LongStream.of(numbers)
                .forEach(number -> add(Outcome.ACKNOWLEDGED, Route.LEADER, Optional.of(server), new Insert(number)));
        return this;
    }

    private HistoryCheckerTest insert(Outcome outcome, long number) {
        return add(outcome, Route.LEADER, Optional.empty(), new Insert(number));
    }

    private HistoryCheckerTest reads(Route route, Server server, long... numbers) {
        return add(Outcome.ACKNOWLEDGED, route, Optional.of(server), new NumbersRead(0, NumberSet.of(numbers)));
    }

    private HistoryCheckerTest leader(long... numbers) {
        return reads(Route.LEADER, SECOND, numbers);
    }

    private HistoryCheckerTest sums(long sum) {
        return add(Outcome.ACKNOWLEDGED, Route.REPLICA, Optional.of(SECOND), new SumRead(sum));
    }

    private HistoryCheckerTest after(Duration time) {
        now += time.toNanos() / 1000;
        return this;
    }

    private List<Anomaly> check(Claims claims) {
        return new HistoryChecker(claims).check(OperationHistory.of(operations)).anomalies();
    }

    private Anomaly only(Claims claims, Kind kind) {
        List<Anomaly> anomalies = check(claims);
        assertThat(anomalies).hasSize(1);
        assertThat(anomalies.get(0).kind()).isEqualTo(kind);
        return anomalies.get(0);
    }

    @Test
    void nothingIsFoundInAGoodHistory() {
        accepts(FIRST, 1, 2)
                .insert(Outcome.UNKNOWN, 3)
                .insert(Outcome.UNKNOWN, 4)
                .insert(Outcome.REFUSED, 5);
        leader(1, 2, 3)
                .accepts(SECOND, 6)
                .reads(Route.REPLICA, FIRST, 1)
                .leader(1, 2, 3, 6)
                .sums(800);

        assertThat(check(STRICT)).isEmpty();
    }

    @Test
    void anEmptyHistoryIsGood() {
        assertThat(check(STRICT)).isEmpty();
    }

    @Test
    void aLostWriteIsProvedByFewLines() {
        accepts(FIRST, 1, 2).leader(1, 2).accepts(SECOND, 3).leader(1, 3).leader(1, 3);

        Anomaly lost = only(STRICT, Kind.LOST);

        assertThat(lost.violation()).isTrue();
        assertThat(lost.text()).isEqualTo("number 2 was acknowledged and is gone");
        assertThat(lost.proof().stream().map(OperationText::of))
                .containsExactly(
                        "  0.002 s  client 1  insert 2: acknowledged by 10.0.0.1:5432, 0.003 s",
                        "  0.004 s  client 1  numbers above 0 at the leader: 1-2, answered by 10.0.0.2:5432, 0.005 s",
                        "  0.006 s  client 1  insert 3: acknowledged by 10.0.0.2:5432, 0.007 s",
                        "  0.008 s  client 1  numbers above 0 at the leader: 1, 3, answered by 10.0.0.2:5432, 0.009 s");
    }

    @Test
    void whatOneServerLostIsToldAsOne() {
        accepts(FIRST, 1, 2, 3).accepts(SECOND, 4).leader(1, 4);

        assertThat(only(STRICT, Kind.LOST).text()).isEqualTo("2 numbers, 2 to 3 were acknowledged and are gone");
    }

    @Test
    void anAsynchronousClusterMayLoseTheLastWritesOfALeader() {
        accepts(FIRST, 1, 2).accepts(SECOND, 3).leader(1, 3);

        assertThat(only(ASYNCHRONOUS, Kind.LOST).violation()).isFalse();
    }

    @Test
    void anAsynchronousClusterMayNotLoseOldWrites() {
        accepts(FIRST, 1).after(Duration.ofSeconds(31));
        accepts(FIRST, LongStream.rangeClosed(2, 20).toArray()).accepts(SECOND, 21);
        leader(LongStream.rangeClosed(2, 21).toArray());

        assertThat(only(ASYNCHRONOUS, Kind.LOST).violation()).isTrue();
    }

    @Test
    void aServerThatOnlyRestartedMayLoseNothing() {
        accepts(FIRST, 1, 2).accepts(FIRST_RESTARTED, 3).leader(1, 3);

        assertThat(only(ASYNCHRONOUS, Kind.LOST).violation()).isTrue();
    }

    @Test
    void aReadThatIsBehindIsNoLoss() {
        accepts(FIRST, 1, 2).leader(1).leader(1, 2);

        assertThat(only(ASYNCHRONOUS, Kind.WENT_BACK).violation()).isTrue();
    }

    @Test
    void whatWasReadAndIsGoneWentBack() {
        insert(Outcome.UNKNOWN, 1).leader(1).leader();

        assertThat(only(STRICT, Kind.WENT_BACK).proof()).hasSize(3);
    }

    @Test
    void aReadThatBeganBeforeTheWriteWasAcknowledgedMayLackIt() {
        operations.add(new Operation(
                2,
                0,
                5000,
                Outcome.ACKNOWLEDGED,
                Route.LEADER,
                Optional.of(FIRST),
                new NumbersRead(0, NumberSet.EMPTY)));
        operations.add(new Operation(1, 0, 1, Outcome.ACKNOWLEDGED, Route.LEADER, Optional.of(FIRST), new Insert(1)));

        assertThat(check(STRICT)).isEmpty();
    }

    @Test
    void numbersBelowTheLimitOfAReadAreNotMissing() {
        accepts(FIRST, 1, 2);
        add(Outcome.ACKNOWLEDGED, Route.LEADER, Optional.of(FIRST), new NumbersRead(1, NumberSet.of(2)));

        assertThat(check(STRICT)).isEmpty();
    }

    @Test
    void aWriteThatIsThereTwiceIsToldOnce() {
        accepts(FIRST, 1).leader(1, 1).reads(Route.REPLICA, FIRST, 1, 1);

        assertThat(only(STRICT, Kind.TWICE).text()).isEqualTo("number 1 was written once and is there twice");
    }

    @Test
    void aRefusedWriteMayBeSeenNowhere() {
        insert(Outcome.REFUSED, 1).reads(Route.REPLICA, FIRST, 1);

        assertThat(only(ASYNCHRONOUS, Kind.REFUSED_VISIBLE).proof()).hasSize(2);
    }

    @Test
    void twoServersMayNotAcceptWritesAtOnce() {
        accepts(FIRST, 1).accepts(SECOND, 2).accepts(FIRST, 3).leader(1, 2, 3);

        Anomaly both = only(ASYNCHRONOUS, Kind.TWO_WRITABLE);

        assertThat(both.violation()).isTrue();
        assertThat(both.text()).isEqualTo("10.0.0.1:5432 accepted writes before and after 10.0.0.2:5432 did");
        assertThat(both.proof()).hasSize(3);
    }

    @Test
    void aServerMayLeadAgainAfterARestart() {
        accepts(FIRST, 1).accepts(SECOND, 2).accepts(FIRST_RESTARTED, 3).leader(1, 2, 3);

        assertThat(check(STRICT)).isEmpty();
    }

    @Test
    void writesAtTheSameTimeProveNothing() {
        Optional<Server> second = Optional.of(SECOND);
        operations.add(new Operation(1, 0, 10, Outcome.ACKNOWLEDGED, Route.LEADER, second, new Insert(1)));
        operations.add(new Operation(2, 5, 20, Outcome.ACKNOWLEDGED, Route.LEADER, Optional.of(FIRST), new Insert(2)));
        operations.add(new Operation(1, 15, 30, Outcome.ACKNOWLEDGED, Route.LEADER, second, new Insert(3)));

        assertThat(check(STRICT)).isEmpty();
    }

    @Test
    void theSumStays() {
        sums(800);
        add(Outcome.ACKNOWLEDGED, Route.LEADER, Optional.of(FIRST), new Transfer(1, 2, 5))
                .sums(795);

        assertThat(only(ASYNCHRONOUS, Kind.SUM_CHANGED).text()).isEqualTo("the accounts have 795 together, not 800");
    }

    @Test
    void manyAnomaliesOfAKindAreCountedAndTheFirstTold() {
        for (int i = 0; i < 100; i++) {
            sums(i);
        }

        CheckResult result = new HistoryChecker(STRICT).check(OperationHistory.of(operations));

        assertThat(result.anomalies()).hasSize(5);
        assertThat(result.totals()).containsEntry(Kind.SUM_CHANGED, 100L);
    }

    @Test
    void operationsAreKeptAsTheyWere() {
        accepts(FIRST, 1)
                .insert(Outcome.UNKNOWN, 2)
                .leader(1, 5, 6)
                .reads(Route.REPLICA, SECOND, 1)
                .sums(-3);
        add(Outcome.REFUSED, Route.LEADER, Optional.empty(), new Transfer(7, 3, 20));

        OperationHistory history = OperationHistory.of(operations);

        for (int i = 0; i < operations.size(); i++) {
            assertThat(history.get(i)).isEqualTo(operations.get(i));
        }
    }
}
