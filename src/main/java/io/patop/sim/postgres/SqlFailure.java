package io.patop.sim.postgres;

/** An error as PostgreSQL would answer it: its SQLSTATE and its message. */
public final class SqlFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String state;

    SqlFailure(String state, String message) {
        super(message, null, false, false);
        this.state = state;
    }

    /** Makes the error for a statement that this stand-in does not support. */
    static SqlFailure unsupported(String what) {
        return new SqlFailure("0A000", "the simulated PostgreSQL does not know " + what);
    }

    /** Returns the SQLSTATE. */
    public String state() {
        return state;
    }
}
