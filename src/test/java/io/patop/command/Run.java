package io.patop.command;

import io.patop.command.shell.ProcessEnvironment;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;

/**
 * One command line that was run in this process, with what it printed.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
public record Run(int code, String out, String err) {

    /** Runs it with that standard input. */
    static Run answering(String input, String... arguments) {
        return in(Map.of(), input, arguments);
    }

    /** Runs it with an empty standard input. */
    public static Run of(String... arguments) {
        return answering("", arguments);
    }

    static Run in(Map<String, String> variables, String input, String... arguments) {
        Map<String, String> seen = new HashMap<>(variables);
        // The configuration file of whoever runs the tests is not read.
        seen.putIfAbsent("XDG_CONFIG_HOME", "/nonexistent");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ProcessEnvironment environment =
                new ProcessEnvironment(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), seen, false);
        CommandLine line = Patop.commandLine(environment, arguments);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(arguments);
        line.getOut().flush();
        line.getErr().flush();
        return new Run(code, out.toString(), err.toString());
    }
}
