/** Durations and times, known exactly or within bounds, and a clock that knows when it was set. */
package io.patop.time;
