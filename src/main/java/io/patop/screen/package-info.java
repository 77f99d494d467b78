/**
 * The dashboard in a terminal: the frame with its header and footer, keys, menus and questions, and the board of
 * several clusters.
 *
 * <p>Draws a {@code watch} dashboard and turns keys into actions. Never does I/O but to the terminal, and
 * never waits for anything. What a view shows is {@code screen.view}.
 */
package io.patop.screen;
