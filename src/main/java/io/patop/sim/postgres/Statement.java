package io.patop.sim.postgres;

import io.patop.sim.core.TableChange.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement as a client sent it: its form in the catalogue, and the words at the form's gaps.
 *
 * @param words names of tables, values ({@code $1} or a literal) and so on; a gap that the statement leaves is empty
 */
record Statement(StatementForm form, List<String> words) {
    private static final int LONGEST = 1 << 16;
    private static final Pattern WHITESPACE = Pattern.compile("\\s+");
    private static final Pattern END = Pattern.compile(" ?;$");

    /** Parses the statements of a simple query, separated by semicolons. */
    static List<Statement> parseAll(String text) throws SqlFailure {
        List<Statement> statements = new ArrayList<>();
        for (String part : text.split(";(?=(?:[^']*'[^']*')*[^']*$)", -1)) {
            if (!part.isBlank()) {
                statements.add(parse(part));
            }
        }
        return statements;
    }

    /** Parses one statement. */
    static Statement parse(String text) throws SqlFailure {
        String line =
                END.matcher(WHITESPACE.matcher(text.strip()).replaceAll(" ")).replaceFirst("");
        if (line.length() > LONGEST) {
            throw SqlFailure.unsupported("statements of more than 64 kB");
        }
        for (StatementForm form : StatementForm.ALL) {
            Matcher matcher = form.text().matcher(line);
            if (matcher.matches()) {
                List<String> words = new ArrayList<>();
                for (int i = 1; i <= matcher.groupCount(); i++) {
                    words.add(Optional.ofNullable(matcher.group(i)).orElse(""));
                }
                return new Statement(form, words);
            }
        }
        throw SqlFailure.unsupported("the statement '" + line + "'");
    }

    /** Returns the columns of the result; empty if it has no rows. */
    List<DatabaseSession.ResultColumn> columns(DatabaseSession session) throws SqlFailure {
        return form.columns().of(session, new Given(words, List.of()));
    }

    DatabaseSession.Result run(DatabaseSession session, List<Optional<Object>> parameters) throws SqlFailure {
        Given given = new Given(words, parameters);
        List<DatabaseSession.ResultColumn> columns = form.columns().of(session, given);
        return form.effect().run(session, given).withColumns(columns);
    }

    /** The words of a statement that runs, with the values of its parameters. */
    record Given(List<String> words, List<Optional<Object>> parameters) {
        boolean has(int index) {
            return !words.get(index).isEmpty();
        }

        String word(int index) {
            return words.get(index);
        }

        /** Returns the name of a table without its schema. */
        String table(int index) {
            return word(index).replaceFirst("^(?:\"[^\"]+\"|\\w+)\\.", "").replace("\"", "");
        }

        List<ServerFunction> functions(int index) throws SqlFailure {
            List<ServerFunction> functions = new ArrayList<>();
            for (String call : word(index).split(",", -1)) {
                functions.add(ServerFunction.of(call.strip()));
            }
            return functions;
        }

        /** Returns the names of the columns that CREATE TABLE defines. */
        List<String> names(int index) {
            return Arrays.stream(word(index).split(",", -1))
                    .map(definition -> definition.strip().replaceFirst(" .*", ""))
                    .toList();
        }

        Row row(int first) throws SqlFailure {
            return new Row(text(first), number(first + 1), time(first + 2));
        }

        String text(int index) throws SqlFailure {
            return (String) SqlType.TEXT.cast(value(index));
        }

        long number(int index) throws SqlFailure {
            return (Long) SqlType.INT8.cast(value(index));
        }

        Instant time(int index) throws SqlFailure {
            return (Instant) SqlType.TIMESTAMPTZ.cast(value(index));
        }

        private Object value(int index) throws SqlFailure {
            String word = word(index);
            if (!word.startsWith("$")) {
                return word.replace("'", "");
            }
            int number = Integer.parseInt(word.substring(1));
            if (number < 1 || number > parameters.size()) {
                throw new SqlFailure("42P02", "there is no parameter " + word);
            }
            return parameters
                    .get(number - 1)
                    .orElseThrow(() -> new SqlFailure("23502", "null value violates not-null constraint"));
        }
    }
}
