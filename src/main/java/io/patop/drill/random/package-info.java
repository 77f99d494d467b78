/**
 * Faults at random moments, alone and overlapping: their schedules, how a schedule is shrunk to what is needed, what
 * the clients do meanwhile, and the report. Nothing is broken here; who does it is elsewhere.
 */
package io.patop.drill.random;
