package io.patop.sim.core;

/**
 * A request to the simulated cluster is not possible: a bad option, an unknown member, a wrong line in a script. The
 * message is one line that says what and where, and can be shown as it is.
 */
public final class SimulationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with a message of one line. */
    public SimulationException(String message) {
        super(message);
    }

    /** Makes the exception with a message of one line and its cause. */
    public SimulationException(String message, Throwable cause) {
        super(message, cause);
    }
}
