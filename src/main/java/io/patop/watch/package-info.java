/**
 * The watching of one cluster: {@link io.patop.watch.Session} takes observations from sources, has the reducer fold
 * them into a dashboard, and passes the dashboard to every front end.
 *
 * <p>{@code watch.source} asks the nodes, {@code watch.rules} concludes from the answers, and {@code watch.model}
 * holds what is known.
 */
package io.patop.watch;
