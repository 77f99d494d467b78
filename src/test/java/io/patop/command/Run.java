package io.patop.command;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/**
 * One command line that was run in this process, with what it printed.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
record Run(int code, String out, String err) {

    /** Runs it with that standard input. */
    static Run answering(String input, String... arguments) {
        return in(Map.of(), input, arguments);
    }

    /** Runs it with an empty standard input. */
    static Run of(String... arguments) {
        return answering("", arguments);
    }

    static Run in(Map<String, String> environment, String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ProcessEnvironment surroundings = new ProcessEnvironment(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), environment, false);
        CommandLine line = Patop.commandLine(surroundings, arguments);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(arguments);
        line.getOut().flush();
        line.getErr().flush();
        return new Run(code, out.toString(), err.toString());
    }
}
