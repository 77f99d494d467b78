package io.patop.history;

import java.util.List;

/**
 * Something in a history that should not be there.
 *
 * @param kind what went wrong
 * @param violation false if the cluster's settings allow it: then it is a finding
 * @param text what happened, in one sentence
 * @param proof the operations that prove it, in their order
 */
public record Anomaly(Kind kind, boolean violation, String text, List<Operation> proof) {

    /** What can go wrong. */
    public enum Kind {
        LOST("acknowledged write lost"),
        TWICE("write there twice"),
        REFUSED_VISIBLE("refused write visible"),
        TWO_WRITABLE("two servers accepted writes at once"),
        WENT_BACK("reads of the leader went back"),
        SUM_CHANGED("sum of the accounts changed");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public Anomaly {
        proof = List.copyOf(proof);
    }
}
