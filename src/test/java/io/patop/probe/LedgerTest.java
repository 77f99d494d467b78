package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void eachKindOfWriteIsHeldBesideTheRows() {
        note(Outcome.ACKNOWLEDGED, 1, 2, 3, 8);
        note(Outcome.UNKNOWN, 4, 5);
        note(Outcome.REFUSED, 6, 7);

        Verdict verdict = verdict(1, 1, 2, 4, 7);
        assertThat(verdict.acknowledged()).isEqualTo(4);
        assertThat(verdict.lost()).isEqualTo(Numbers.of(3, 8));
        assertThat(verdict.duplicates()).isEqualTo(Numbers.of(1));
        assertThat(verdict.unknownThere()).isEqualTo(Numbers.of(4));
        assertThat(verdict.unknownGone()).isEqualTo(Numbers.of(5));
        assertThat(verdict.refusedThere()).isEqualTo(Numbers.of(7));
        assertThat(verdict.isGood()).isFalse();
    }

    @Test
    void rowsThatNobodyWaitsForYetAreNoMistake() {
        note(Outcome.ACKNOWLEDGED, 1, 2);

        assertThat(verdict(1, 2, 3, 4).isGood()).isTrue();
    }

    @Test
    void whatWasRemovedIsNotMissed() {
        note(Outcome.ACKNOWLEDGED, 1, 2, 3, 4);
        ledger.forget(2);

        Verdict verdict = verdict(3, 4);
        assertThat(verdict.isGood()).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(2);
    }

    @Test
    void anEmptyTableMeansThatAllIsLost() {
        note(Outcome.ACKNOWLEDGED, 1, 2);

        assertThat(verdict().lost()).isEqualTo(Numbers.of(1, 2));
    }

    private void note(Outcome outcome, long... numbers) {
        for (long number : numbers) {
            ledger.note(number, outcome);
        }
    }

    private Verdict verdict(long... rows) {
        Ledger.Found found = new Ledger.Found();
        for (long row : rows) {
            found.accept(row);
        }
        return ledger.page().against(found.done(), Instant.EPOCH, Optional.empty(), true);
    }
}
