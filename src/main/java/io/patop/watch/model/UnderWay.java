package io.patop.watch.model;

import java.time.Instant;

/**
 * An action that was sent and has not ended yet.
 *
 * @param action the action
 * @param since when it was sent
 * @param step the last step that it reported; empty if it has none
 */
public record UnderWay(Action action, Instant since, String step) {}
