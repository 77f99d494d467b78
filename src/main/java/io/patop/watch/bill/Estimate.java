package io.patop.watch.bill;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * How long nobody could write, as the sum of its stages.
 *
 * @param terms the stages, in their order
 */
public record Estimate(List<Term> terms) {

    public Estimate {
        terms = List.copyOf(terms);
    }

    /** The shortest outage to expect. */
    public Duration least() {
        return sum(Term::least);
    }

    /** The longest outage to expect. */
    public Duration most() {
        return sum(Term::most);
    }

    /** Whether an outage of that length was to be expected. */
    public boolean covers(Duration outage) {
        return outage.compareTo(least()) >= 0 && outage.compareTo(most()) <= 0;
    }

    /** The bounds in whole seconds, outwards, without their unit: {@code 21 to 33}. */
    public String seconds() {
        return least().toSeconds() + " to " + most().plusMillis(999).toSeconds();
    }

    /** The bounds in whole seconds, outwards: {@code 21 to 33 s}. */
    public String text() {
        return seconds() + " s";
    }

    private Duration sum(Function<Term, Duration> bound) {
        return terms.stream().map(bound).reduce(Duration.ZERO, Duration::plus);
    }
}
