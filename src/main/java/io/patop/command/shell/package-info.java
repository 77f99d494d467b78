/**
 * What commands share towards the shell that calls them: options, the environment, questions, output formats, exit
 * codes and the messages for a wrong command line.
 */
package io.patop.command.shell;
