/**
 * What clients did to a database while it was broken, and the checker that proves from it what the cluster did wrong.
 * No clock and no I/O: who talks to a database is elsewhere.
 */
package io.patop.history;
