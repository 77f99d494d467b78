/** What would happen if the leader died now: how long, by whom, and what is at risk. Pure functions of a dashboard. */
package io.patop.watch.forecast;
