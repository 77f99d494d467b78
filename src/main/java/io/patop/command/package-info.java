/**
 * The command line: one class a command, output formats and exit codes. The only place that wires
 * sources, reducer and screen together.
 */
package io.patop.command;
