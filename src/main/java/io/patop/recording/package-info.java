/**
 * A session's observations kept, written to a file, read back and played. A replay is just another source:
 * from the observation on, the same code runs as live.
 *
 * <p>The file is JSON Lines, in gzip where its name ends in {@code .gz}. The first line is the
 * {@link io.patop.recording.Header}; then one observation a line, as {@link io.patop.recording.ObservationJson}
 * writes it, without secrets ({@link io.patop.recording.Redaction}). {@code dist/docs/recording.md} tells the format
 * to those who read it with other programs. No drawing here, and nothing is derived: that is {@code watch}.
 */
package io.patop.recording;
