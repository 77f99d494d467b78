package io.patop.command.shell;

import io.patop.text.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Asks questions in a line as patronictl does (click's prompt and confirm): with the default in brackets. The end of
 * the input aborts the command.
 */
public final class Prompts {

    private final PrintWriter out;
    private final BufferedReader in;

    public Prompts(PrintWriter out, ProcessEnvironment environment) {
        this.out = out;
        this.in = new BufferedReader(new InputStreamReader(environment.input(), Terminals.charset()));
    }

    /** Returns the answer, or the default for an empty one. */
    public String ask(String question, String otherwise) {
        out.print(Printable.line(question) + " [" + Printable.line(otherwise) + "]: ");
        String answer = line();
        return answer.isEmpty() ? otherwise : answer;
    }

    /** Returns the answer to a yes-or-no question; an empty answer is no. Any other answer is asked again. */
    public boolean confirm(String question) {
        while (true) {
            out.print(Printable.line(question) + " [y/N]: ");
            switch (line().toLowerCase(Locale.ROOT)) {
                case "y", "yes", "1", "true", "t", "on" -> {
                    return true;
                }
                case "n", "no", "0", "false", "f", "off", "" -> {
                    return false;
                }
                default -> out.println("Error: invalid input");
            }
        }
    }

    private String line() {
        out.flush();
        try {
            String line = in.readLine();
            if (line == null) {
                throw CommandFailure.aborted();
            }
            return line.strip();
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.FAILED, "aborted: standard input cannot be read; nothing was done");
        }
    }
}
