/**
 * The dashboard in a terminal: the frame with its header and footer, keys, menus and questions, and the board of
 * several clusters.
 *
 * <p>The package draws a {@code watch} dashboard and turns keys into actions. It does no I/O but to the terminal, and
 * never waits for anything. The views are in {@code screen.view}.
 */
package io.patop.screen;
