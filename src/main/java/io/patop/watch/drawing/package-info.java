/**
 * The lanes of a time as an SVG drawing, for a report or a slide.
 *
 * <p>Pure functions of a dashboard; no I/O, no terminal.
 */
package io.patop.watch.drawing;
