/**
 * The command line: patop's own commands, one class each, and {@link io.patop.command.Patop}, which starts them.
 * Sources, reducer and screen are wired together only here.
 */
package io.patop.command;
