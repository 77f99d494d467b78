/**
 * The command line of patop's own commands, one class a command, and {@link io.patop.command.Patop}, which starts them.
 * The only place that wires sources, reducer and screen together.
 */
package io.patop.command;
