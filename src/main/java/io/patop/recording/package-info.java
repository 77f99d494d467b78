/**
 * Recordings of sessions: observations are kept, written to a file, read back and played. A replay is one more
 * source, so from the observation on the same code runs as live.
 *
 * <p>The file is JSON Lines, in gzip if its name ends in {@code .gz}. The first line is the
 * {@link io.patop.recording.RecordingHeader}; then one observation a line, as
 * {@link io.patop.recording.ObservationJson} writes it, without secrets ({@link io.patop.recording.Redaction}).
 * {@code dist/docs/recording.md} describes the format for other programs. Nothing is drawn here, and nothing is
 * derived: that is {@code watch}.
 */
package io.patop.recording;
