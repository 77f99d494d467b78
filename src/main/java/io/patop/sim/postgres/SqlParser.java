package io.patop.sim.postgres;

import io.patop.sim.core.SqlExpression;
import io.patop.sim.core.SqlFailure;
import io.patop.sim.core.SqlStatement;
import io.patop.sim.core.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses one of the supported SQL statements, by recursive descent. */
final class SqlParser {
    private static final Pattern TOKEN =
            Pattern.compile("\\s+|--[^\n]*|'(?:[^']|'')*'|\"[^\"]*\"|\\$\\d+|\\d+(?:\\.\\d+)?|[A-Za-z_][A-Za-z0-9_$]*"
                    + "|::|<=|>=|<>|!=|\\|\\||[-+*/(),;.=<>\\[\\]%]");
    private static final Set<String> AFTER_VALUE = Set.of(
            "from",
            "where",
            "order",
            "limit",
            "returning",
            "as",
            "and",
            "or",
            "is",
            "not",
            "in",
            "between",
            "on",
            "asc",
            "desc",
            "offset",
            "for",
            "group",
            "union",
            "nulls");
    private static final Set<String> BARE_CALLS =
            Set.of("current_timestamp", "current_user", "session_user", "current_database", "current_catalog");
    private static final int LONGEST = 1 << 16;

    private final List<String> tokens;
    private int at;

    private SqlParser(List<String> tokens) {
        this.tokens = tokens;
    }

    /** Parses the statements of a simple query, separated by semicolons. */
    static List<SqlStatement> parseAll(String text) throws SqlFailure {
        SqlParser parser = new SqlParser(tokens(text));
        List<SqlStatement> statements = new ArrayList<>();
        while (parser.at < parser.tokens.size()) {
            if (!parser.accept(";")) {
                statements.add(parser.statement());
                if (parser.at < parser.tokens.size()) {
                    parser.expect(";");
                }
            }
        }
        return statements;
    }

    /** Parses one statement; an empty text is {@link SqlStatement.Empty}. */
    static SqlStatement parse(String text) throws SqlFailure {
        List<SqlStatement> statements = parseAll(text);
        if (statements.size() > 1) {
            throw new SqlFailure("42601", "cannot insert multiple commands into a prepared statement");
        }
        return statements.isEmpty() ? new SqlStatement.Empty() : statements.get(0);
    }

    private static List<String> tokens(String text) throws SqlFailure {
        if (text.length() > LONGEST) {
            throw SqlFailure.unsupported("statements of more than 64 kB");
        }
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            String token = matcher.group();
            if (!token.isBlank() && !token.startsWith("--")) {
                tokens.add(token);
            }
        }
        if (end < text.length()) {
            throw new SqlFailure("42601", "syntax error at or near \"" + text.charAt(end) + '"');
        }
        return tokens;
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at).toLowerCase(Locale.ROOT) : "";
    }

    private String next() {
        String token = peek();
        at += 1;
        return token;
    }

    private boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            boolean same = at + i < tokens.size() && tokens.get(at + i).equalsIgnoreCase(words[i]);
            if (!same) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    private void expect(String word) throws SqlFailure {
        if (!accept(word)) {
            throw syntaxError();
        }
    }

    private SqlFailure syntaxError() {
        return at < tokens.size()
                ? new SqlFailure("42601", "syntax error at or near \"" + tokens.get(at) + '"')
                : new SqlFailure("42601", "syntax error at end of input");
    }

    private String name() throws SqlFailure {
        if (at >= tokens.size()) {
            throw syntaxError();
        }
        String token = tokens.get(at);
        if (token.startsWith("\"")) {
            at += 1;
            return token.substring(1, token.length() - 1);
        }
        if (!Character.isLetter(token.charAt(0)) && token.charAt(0) != '_') {
            throw syntaxError();
        }
        return next();
    }

    /** Parses a table's name, and drops its schema. */
    private String table() throws SqlFailure {
        String name = name();
        return accept(".") ? name() : name;
    }

    private SqlStatement statement() throws SqlFailure {
        String word = next();
        return switch (word) {
            case "begin", "start" -> transaction("BEGIN");
            case "commit", "end" -> transaction("COMMIT");
            case "rollback", "abort" -> transaction("ROLLBACK");
            case "set", "discard", "deallocate", "reset" -> {
                skip();
                yield new SqlStatement.Ignored(word.equals("discard") ? "DISCARD ALL" : word.toUpperCase(Locale.ROOT));
            }
            case "show" -> show();
            case "create" -> create();
            case "drop" -> drop();
            case "insert" -> insert();
            case "select" -> select();
            case "delete" -> delete();
            case "truncate" -> {
                accept("table");
                String table = table();
                skip();
                yield new SqlStatement.Change(table, Map.of(), Optional.empty(), "TRUNCATE TABLE", List.of());
            }
            case "update" -> update();
            default -> throw SqlFailure.unsupported("'" + word + "'");
        };
    }

    private void skip() {
        while (at < tokens.size() && !peek().equals(";")) {
            at += 1;
        }
    }

    private SqlStatement transaction(String word) {
        skip();
        return new SqlStatement.Transaction(word);
    }

    private SqlStatement show() {
        StringBuilder name = new StringBuilder();
        while (at < tokens.size() && !peek().equals(";")) {
            name.append(name.isEmpty() || peek().equals(".") || name.charAt(name.length() - 1) == '.' ? "" : "_")
                    .append(next());
        }
        return new SqlStatement.Show(name.toString());
    }

    private SqlStatement create() throws SqlFailure {
        accept("unlogged");
        if (accept("schema") || accept("index") || accept("unique", "index")) {
            skip();
            return new SqlStatement.Ignored("CREATE SCHEMA");
        }
        expect("table");
        boolean ifNotExists = accept("if", "not", "exists");
        String table = table();
        expect("(");
        List<SqlStatement.ColumnDefinition> columns = new ArrayList<>();
        do {
            if (peek().equals("primary") || peek().equals("unique") || peek().equals("constraint")) {
                skipToComma();
            } else {
                columns.add(column());
            }
        } while (accept(","));
        expect(")");
        skip();
        return new SqlStatement.Create(new SqlStatement.Table(table, columns), ifNotExists);
    }

    private SqlStatement.ColumnDefinition column() throws SqlFailure {
        String name = name();
        String typeName = name();
        SqlType type = SqlType.ofName(typeName);
        boolean generated = typeName.contains("serial");
        boolean unique = false;
        Optional<SqlExpression> byDefault = Optional.empty();
        while (!peek().equals(",") && !peek().equals(")") && at < tokens.size()) {
            if (accept("default")) {
                byDefault = Optional.of(additive());
            } else if (accept("primary", "key") || accept("unique")) {
                unique = true;
            } else if (accept("generated")) {
                generated = true;
            } else if (accept("(")) {
                while (!accept(")")) {
                    at += 1;
                    if (at >= tokens.size()) {
                        throw syntaxError();
                    }
                }
            } else {
                at += 1;
            }
        }
        return new SqlStatement.ColumnDefinition(name, type, generated, unique, byDefault);
    }

    /** Skips a constraint, its parentheses included. */
    private void skipToComma() {
        int depth = 0;
        while (at < tokens.size() && (depth > 0 || !(peek().equals(",") || peek().equals(")")))) {
            depth += peek().equals("(") ? 1 : peek().equals(")") ? -1 : 0;
            at += 1;
        }
    }

    private SqlStatement drop() throws SqlFailure {
        expect("table");
        boolean ifExists = accept("if", "exists");
        String table = table();
        skip();
        return new SqlStatement.Drop(table, ifExists);
    }

    private SqlStatement insert() throws SqlFailure {
        expect("into");
        String table = table();
        List<String> columns = new ArrayList<>();
        if (accept("(")) {
            do {
                columns.add(name());
            } while (accept(","));
            expect(")");
        }
        List<List<SqlExpression>> rows = new ArrayList<>();
        if (accept("default", "values")) {
            rows.add(List.of());
        } else if (accept("select")) {
            rows.add(expressions());
        } else {
            expect("values");
            do {
                expect("(");
                rows.add(expressions());
                expect(")");
            } while (accept(","));
        }
        boolean doNothing = false;
        if (accept("on", "conflict")) {
            while (at < tokens.size() && !peek().equals("do")) {
                at += 1;
            }
            expect("do");
            if (!accept("nothing")) {
                throw SqlFailure.unsupported("ON CONFLICT DO UPDATE");
            }
            doNothing = true;
        }
        return new SqlStatement.Insert(table, columns, rows, doNothing, returning());
    }

    private List<SqlExpression> expressions() throws SqlFailure {
        List<SqlExpression> expressions = new ArrayList<>();
        do {
            expressions.add(expression());
        } while (accept(","));
        return expressions;
    }

    private List<SqlExpression.Named> returning() throws SqlFailure {
        return accept("returning") ? named() : List.of();
    }

    private List<SqlExpression.Named> named() throws SqlFailure {
        List<SqlExpression.Named> columns = new ArrayList<>();
        do {
            SqlExpression value = expression();
            boolean alias = accept("as") || (at < tokens.size() && isName(peek()) && !AFTER_VALUE.contains(peek()));
            columns.add(new SqlExpression.Named(value, alias ? name() : nameOf(value)));
        } while (accept(","));
        return columns;
    }

    private static boolean isName(String token) {
        return token.matches("[a-z_\"].*");
    }

    private static String nameOf(SqlExpression value) {
        if (value instanceof SqlExpression.Column column) {
            return column.name();
        }
        if (value instanceof SqlExpression.Call call) {
            return call.name();
        }
        return value instanceof SqlExpression.Cast cast ? nameOf(cast.value()) : "?column?";
    }

    private SqlStatement delete() throws SqlFailure {
        expect("from");
        String table = table();
        return new SqlStatement.Change(table, Map.of(), where(), "DELETE", returning());
    }

    private SqlStatement update() throws SqlFailure {
        String table = table();
        expect("set");
        Map<String, SqlExpression> values = new LinkedHashMap<>();
        do {
            String column = name();
            expect("=");
            values.put(column, additive());
        } while (accept(","));
        return new SqlStatement.Change(table, values, where(), "UPDATE", returning());
    }

    private Optional<SqlExpression> where() throws SqlFailure {
        return accept("where") ? Optional.of(expression()) : Optional.empty();
    }

    private SqlStatement select() throws SqlFailure {
        List<SqlExpression.Named> columns = named();
        Optional<String> table = accept("from") ? Optional.of(table()) : Optional.empty();
        Optional<SqlExpression> where = where();
        List<SqlStatement.Order> order = new ArrayList<>();
        if (accept("order", "by")) {
            do {
                SqlExpression by = expression();
                boolean descending = accept("desc");
                accept("asc");
                order.add(new SqlStatement.Order(by, descending));
            } while (accept(","));
        }
        Optional<SqlExpression> limit = accept("limit") ? Optional.of(additive()) : Optional.empty();
        if (at < tokens.size() && !peek().equals(";")) {
            throw SqlFailure.unsupported("'" + peek() + "' in SELECT");
        }
        return new SqlStatement.Select(columns, table, where, order, limit);
    }

    private SqlExpression expression() throws SqlFailure {
        SqlExpression left = conjunction();
        while (accept("or")) {
            left = new SqlExpression.Binary("or", left, conjunction());
        }
        return left;
    }

    private SqlExpression conjunction() throws SqlFailure {
        SqlExpression left = comparison();
        while (accept("and")) {
            left = new SqlExpression.Binary("and", left, comparison());
        }
        return left;
    }

    private SqlExpression comparison() throws SqlFailure {
        if (accept("not")) {
            return new SqlExpression.Not(comparison());
        }
        SqlExpression left = additive();
        if (accept("is")) {
            boolean not = accept("not");
            expect("null");
            SqlExpression isNull = new SqlExpression.IsNull(left);
            return not ? new SqlExpression.Not(isNull) : isNull;
        }
        if (accept("between")) {
            SqlExpression low = new SqlExpression.Binary(">=", left, additive());
            expect("and");
            return new SqlExpression.Binary("and", low, new SqlExpression.Binary("<=", left, additive()));
        }
        if (accept("in")) {
            return in(left);
        }
        String operator = peek();
        if (Set.of("=", "<>", "!=", "<", ">", "<=", ">=").contains(operator)) {
            at += 1;
            return new SqlExpression.Binary(operator, left, additive());
        }
        return left;
    }

    private SqlExpression in(SqlExpression left) throws SqlFailure {
        expect("(");
        SqlExpression any = new SqlExpression.Constant(Optional.of(false));
        for (SqlExpression value : expressions()) {
            any = new SqlExpression.Binary("or", any, new SqlExpression.Binary("=", left, value));
        }
        expect(")");
        return any;
    }

    private SqlExpression additive() throws SqlFailure {
        SqlExpression left = cast();
        while (Set.of("+", "-", "||", "*").contains(peek())) {
            String operator = next();
            left = new SqlExpression.Binary(operator, left, cast());
        }
        return left;
    }

    private SqlExpression cast() throws SqlFailure {
        SqlExpression value = primary();
        while (accept("::")) {
            SqlType type = SqlType.ofName(name());
            if (accept("with") || accept("without")) {
                expect("time");
                expect("zone");
            }
            value = new SqlExpression.Cast(value, type);
        }
        return value;
    }

    private SqlExpression primary() throws SqlFailure {
        String token = at < tokens.size() ? tokens.get(at) : "";
        if (token.isEmpty()) {
            throw syntaxError();
        }
        char first = token.charAt(0);
        if (first == '\'') {
            at += 1;
            return constant(token.substring(1, token.length() - 1).replace("''", "'"));
        }
        if (Character.isDigit(first)) {
            at += 1;
            return constant(token.contains(".") ? (Object) Double.valueOf(token) : (Object) Long.valueOf(token));
        }
        if (first == '$') {
            at += 1;
            return new SqlExpression.Parameter(Integer.parseInt(token.substring(1)));
        }
        if (accept("-")) {
            return new SqlExpression.Binary("-", constant(0L), primary());
        }
        if (accept("*")) {
            return new SqlExpression.Column("*");
        }
        if (accept("(")) {
            SqlExpression inner = expression();
            expect(")");
            return inner;
        }
        return named(token);
    }

    private static SqlExpression constant(Object value) {
        return new SqlExpression.Constant(Optional.of(value));
    }

    private SqlExpression named(String token) throws SqlFailure {
        if (accept("null") || accept("default")) {
            return new SqlExpression.Constant(Optional.empty());
        }
        if (accept("true") || accept("false")) {
            return constant(token.equalsIgnoreCase("true"));
        }
        if (AFTER_VALUE.contains(peek())) {
            throw syntaxError();
        }
        String name = name();
        while (accept(".")) {
            name = accept("*") ? "*" : name();
        }
        if (accept("(")) {
            List<SqlExpression> arguments = peek().equals(")") ? List.of() : expressions();
            expect(")");
            return new SqlExpression.Call(name.toLowerCase(Locale.ROOT), arguments);
        }
        if (BARE_CALLS.contains(name)) {
            return new SqlExpression.Call(name, List.of());
        }
        return new SqlExpression.Column(name);
    }
}
