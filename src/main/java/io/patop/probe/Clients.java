package io.patop.probe;

/** A number of clients that write at the same time, as those of an application do, and reconnect by themselves. */
public interface Clients extends AutoCloseable {

    /** A part of a drill's run. */
    enum Period {
        /** Until the fault is ordered. */
        BEFORE("before"),
        /** From then on until what was broken is put right. */
        DURING("during"),
        /** Until the cluster is whole again. */
        AFTER("after");

        private final String word;

        Period(String word) {
            this.word = word;
        }

        /** The period in one word. */
        public String text() {
            return word;
        }
    }

    /** Notes that a period begins. A write that waits across its beginning counts as one during the fault. */
    void enter(Period period);

    /** Returns what was measured since the last call, and begins anew {@link Period#BEFORE} the next fault. */
    ClientLoad take();

    /** Ends all clients and their connections, and removes the rows that they wrote. Blocks for a bounded time. */
    @Override
    void close();
}
