package io.patop.watch.bill;

import java.time.Duration;
import java.util.List;

/**
 * How long nobody could write, as its stages add up.
 *
 * @param terms the stages, in their order
 */
public record Estimate(List<Term> terms) {

    public Estimate {
        terms = List.copyOf(terms);
    }

    /** The shortest outage to expect. */
    public Duration least() {
        return terms.stream().map(Term::least).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * The longest outage to expect: the first stage at its longest, and the others as independent ones add up, since they
     * are hardly all at their longest at once.
     */
    public Duration most() {
        if (terms.isEmpty()) {
            return Duration.ZERO;
        }
        double middle = 0;
        double squares = 0;
        for (Term term : terms.subList(1, terms.size())) {
            middle += (term.least().toMillis() + term.most().toMillis()) / 2.0;
            squares += Math.pow((term.most().toMillis() - term.least().toMillis()) / 2.0, 2);
        }
        return terms.get(0).most().plusMillis(Math.round(middle + Math.sqrt(squares)));
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
}
