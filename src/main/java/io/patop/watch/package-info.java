/**
 * One cluster, watched: sources emit observations, a pure reducer folds them into a dashboard and its
 * events, and every front end shows that dashboard.
 *
 * <p>Sources, their schedule and discovery do the I/O; the reducer has neither clock nor I/O. No drawing
 * and no output formats here.
 */
package io.patop.watch;
