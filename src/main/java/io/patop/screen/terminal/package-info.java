/**
 * The terminal: its modes and signals, filtered input, colours, glyphs, cells, tables and pictures of what is
 * drawn.
 *
 * <p>Knows no cluster, except how a second of the probe is drawn.
 */
package io.patop.screen.terminal;
