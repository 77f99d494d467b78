/**
 * The dashboard in a terminal, with Lanterna: views, dialogs, theme and keys.
 *
 * <p>Draws a {@code watch} dashboard and turns keys into actions. Never does I/O but to the terminal, and
 * never waits for anything.
 */
package io.patop.screen;
