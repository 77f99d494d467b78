package io.patop.sim.postgres;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One client's conversation in PostgreSQL's protocol: startup without a password, simple queries, and the extended
 * ones that drivers use. A {@link Server} runs the statements.
 */
final class PgConversation {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int PROTOCOL_3 = 196608;

    private final DataInputStream in;
    private final Output output;
    private final Server server;
    private final PgMessages answers = new PgMessages();
    private final Map<String, Prepared> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    /** Whether messages are skipped until Sync, after an error. */
    private boolean skipping;

    /** Takes the bytes to send. */
    interface Output {
        void send(byte[] bytes) throws IOException;
    }

    /** The session that runs the statements. Its methods block as long as the server does. */
    interface Server {
        /** Begins the session and returns the parameters to announce; a failure refuses the connection. */
        Map<String, String> begin() throws SqlFailure, IOException;

        DatabaseSession.Result execute(Statement statement, List<Optional<Object>> parameters)
                throws SqlFailure, IOException;

        List<DatabaseSession.ResultColumn> columns(Statement statement) throws SqlFailure, IOException;

        char status() throws IOException;

        void failed() throws IOException;
    }

    private record Prepared(Statement statement, List<SqlType> types) {}

    private record Portal(Prepared prepared, List<Optional<Object>> parameters, List<Boolean> binary) {}

    PgConversation(DataInputStream in, Output output, Server server) {
        this.in = in;
        this.output = output;
        this.server = server;
    }

    /** Serves the client until it ends the conversation. */
    void run() throws IOException {
        if (!start()) {
            return;
        }
        while (true) {
            PgMessages.Message message = PgMessages.read(in);
            if (message.type() == 'X') {
                return;
            }
            try {
                answer(message);
            } catch (SqlFailure failure) {
                server.failed();
                answers.error("ERROR", failure.state(), String.valueOf(failure.getMessage()));
                skipping = message.type() != 'Q';
                if (message.type() == 'Q') {
                    answers.readyForQuery(server.status());
                }
            }
            if (message.type() == 'Q' || message.type() == 'S' || message.type() == 'H') {
                output.send(answers.take());
            }
        }
    }

    private boolean start() throws IOException {
        ByteBuffer startup = PgMessages.startup(in);
        int code = startup.getInt();
        while (code == SSL_REQUEST || code == GSS_REQUEST) {
            output.send(new byte[] {'N'});
            startup = PgMessages.startup(in);
            code = startup.getInt();
        }
        if (code != PROTOCOL_3) {
            return false;
        }
        try {
            Map<String, String> parameters = server.begin();
            answers.authenticationOk();
            parameters.forEach(answers::parameterStatus);
            answers.backendKeyData();
            answers.readyForQuery('I');
            output.send(answers.take());
            return true;
        } catch (SqlFailure refusal) {
            answers.error("FATAL", refusal.state(), String.valueOf(refusal.getMessage()));
            output.send(answers.take());
            return false;
        }
    }

    private void answer(PgMessages.Message message) throws SqlFailure, IOException {
        if (message.type() == 'S') {
            skipping = false;
            answers.readyForQuery(server.status());
        } else if (!skipping) {
            switch (message.type()) {
                case 'Q' -> query(message);
                case 'P' -> parse(message);
                case 'B' -> bind(message);
                case 'D' -> describe(message);
                case 'E' -> execute(message);
                case 'C' -> close(message);
                case 'H' -> {}
                default -> throw new SqlFailure("08P01", "unexpected message '" + message.type() + "'");
            }
        }
    }

    private void query(PgMessages.Message message) throws SqlFailure, IOException {
        List<Statement> parsed = Statement.parseAll(message.text());
        if (parsed.isEmpty()) {
            answers.simple('I');
        }
        for (Statement statement : parsed) {
            DatabaseSession.Result result = server.execute(statement, List.of());
            if (!result.columns().isEmpty()) {
                answers.rowDescription(result.columns(), List.of());
            }
            rows(result, List.of());
        }
        answers.readyForQuery(server.status());
    }

    private void rows(DatabaseSession.Result result, List<Boolean> binary) throws SqlFailure {
        for (List<Optional<Object>> row : result.rows()) {
            answers.dataRow(result.columns(), row, binary);
        }
        if (result.tag().isEmpty()) {
            answers.simple('I');
        } else {
            answers.commandComplete(result.tag());
        }
    }

    private void parse(PgMessages.Message message) throws SqlFailure {
        String name = message.text();
        Statement statement = Statement.parse(message.text());
        List<SqlType> types = new ArrayList<>();
        int count = message.body().getShort();
        for (int i = 0; i < count; i++) {
            types.add(SqlType.ofOid(message.body().getInt()));
        }
        statements.put(name, new Prepared(statement, types));
        answers.simple('1');
    }

    private void bind(PgMessages.Message message) throws SqlFailure {
        String portal = message.text();
        Prepared prepared = prepared(message.text());
        List<Boolean> formats = formats(message.body());
        int count = message.body().getShort();
        List<Optional<Object>> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = message.body().getInt();
            if (length < 0) {
                parameters.add(Optional.empty());
                continue;
            }
            boolean binary = !formats.isEmpty() && formats.get(formats.size() == 1 ? 0 : i);
            SqlType type = i < prepared.types().size() ? prepared.types().get(i) : SqlType.TEXT;
            parameters.add(Optional.of(type.decode(message.bytes(length), binary)));
        }
        portals.put(portal, new Portal(prepared, parameters, formats(message.body())));
        answers.simple('2');
    }

    private static List<Boolean> formats(ByteBuffer body) {
        List<Boolean> formats = new ArrayList<>();
        int count = body.getShort();
        for (int i = 0; i < count; i++) {
            formats.add(body.getShort() == 1);
        }
        return formats;
    }

    private Prepared prepared(String name) throws SqlFailure {
        Prepared prepared = statements.get(name);
        if (prepared == null) {
            throw new SqlFailure("26000", "prepared statement \"" + name + "\" does not exist");
        }
        return prepared;
    }

    private Portal portal(String name) throws SqlFailure {
        Portal portal = portals.get(name);
        if (portal == null) {
            throw new SqlFailure("34000", "portal \"" + name + "\" does not exist");
        }
        return portal;
    }

    private void describe(PgMessages.Message message) throws SqlFailure, IOException {
        boolean ofStatement = message.body().get() == 'S';
        String name = message.text();
        Prepared prepared = ofStatement ? prepared(name) : portal(name).prepared();
        if (ofStatement) {
            answers.parameterDescription(prepared.types());
        }
        List<DatabaseSession.ResultColumn> columns = server.columns(prepared.statement());
        if (columns.isEmpty()) {
            answers.simple('n');
        } else {
            answers.rowDescription(
                    columns, ofStatement ? List.of() : portal(name).binary());
        }
    }

    private void execute(PgMessages.Message message) throws SqlFailure, IOException {
        Portal portal = portal(message.text());
        rows(server.execute(portal.prepared().statement(), portal.parameters()), portal.binary());
    }

    private void close(PgMessages.Message message) {
        boolean ofStatement = message.body().get() == 'S';
        String name = message.text();
        if (ofStatement) {
            statements.remove(name);
        } else {
            portals.remove(name);
        }
        answers.simple('3');
    }
}
