/**
 * What commands share towards the shell that they are called from: options, the environment, questions, output
 * formats, exit codes and the words of a wrong command line.
 */
package io.patop.command.shell;
