/**
 * One cluster, watched: {@link io.patop.watch.Session} takes observations from sources, lets the reducer fold
 * them into a dashboard, and hands that to every front end.
 *
 * <p>Who asks is {@code watch.source}, what follows from the answers {@code watch.rules}, what is known
 * {@code watch.model}.
 */
package io.patop.watch;
