package io.patop.sim.core;

/**
 * What a person asked of the simulated cluster cannot be done: a bad option, an unknown member, a script's
 * line that makes no sense. The message is one line that says what and where, fit to be shown as it is.
 */
public final class SimulationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a message of one line. */
    public SimulationException(String message) {
        super(message);
    }

    /** With a message of one line and what led to it. */
    public SimulationException(String message, Throwable cause) {
        super(message, cause);
    }
}
