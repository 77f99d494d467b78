/** PostgreSQL's protocol in front of the simulated database, as far as the write probe uses it. */
package io.patop.sim.postgres;
