package io.patop.drill;

/**
 * A run in which Patroni did not bring the cluster back by itself.
 *
 * @param run its number, from 1
 * @param fault the fault as a sentence
 * @param why what was still missing when the drill's patience ended
 */
public record Unrecovered(int run, String fault, String why) {}
