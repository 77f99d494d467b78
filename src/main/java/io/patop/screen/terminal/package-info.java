/**
 * The terminal: its modes and signals, filtered input, colours, glyphs, cells, tables and pictures of frames.
 *
 * <p>The package knows nothing of clusters, except how a second of the probe is drawn.
 */
package io.patop.screen.terminal;
