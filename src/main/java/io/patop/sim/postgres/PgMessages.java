package io.patop.sim.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's protocol 3.0 as bytes: reads messages, and collects a server's answers until they are sent. */
final class PgMessages {

    /** The number of each session's process: no process is behind it. */
    static final int BACKEND = 4711;

    private static final int LONGEST = 1 << 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /**
     * A message from the client.
     *
     * @param type its letter
     * @param body the body without the length, positioned at its start
     */
    record Message(char type, ByteBuffer body) {
        String text() {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            while (body.hasRemaining()) {
                byte next = body.get();
                if (next == 0) {
                    break;
                }
                text.write(next);
            }
            return text.toString(StandardCharsets.UTF_8);
        }

        byte[] bytes(int length) {
            byte[] bytes = new byte[length];
            body.get(bytes);
            return bytes;
        }
    }

    /** Reads the first message, which has no letter. */
    static ByteBuffer startup(DataInputStream in) throws IOException {
        return body(in);
    }

    static Message read(DataInputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            throw new EOFException("the client hung up");
        }
        return new Message((char) type, body(in));
    }

    private static ByteBuffer body(DataInputStream in) throws IOException {
        int length = in.readInt() - 4;
        if (length < 0 || length > LONGEST) {
            throw new IOException("a message of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** Returns the collected bytes and clears them. */
    byte[] take() {
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }

    private void message(char type, byte[] body) {
        out.write(type);
        ByteBuffer length = ByteBuffer.allocate(4).putInt(body.length + 4);
        out.writeBytes(length.array());
        out.writeBytes(body);
    }

    /** Builds a message's body. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Body text(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
            return this;
        }

        Body int4(int value) {
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
            return this;
        }

        Body int2(int value) {
            bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) value).array());
            return this;
        }

        Body raw(byte[] value) {
            bytes.writeBytes(value);
            return this;
        }

        byte[] done() {
            return bytes.toByteArray();
        }
    }

    /** AuthenticationOk: no client is asked for a password. */
    void authenticationOk() {
        message('R', new Body().int4(0).done());
    }

    void parameterStatus(String name, String value) {
        message('S', new Body().text(name).text(value).done());
    }

    void backendKeyData() {
        message('K', new Body().int4(BACKEND).int4(0).done());
    }

    void readyForQuery(char status) {
        message('Z', new byte[] {(byte) status});
    }

    void error(String severity, String state, String text) {
        Body body = new Body();
        body.raw(new byte[] {'S'}).text(severity).raw(new byte[] {'V'}).text(severity);
        body.raw(new byte[] {'C'}).text(state).raw(new byte[] {'M'}).text(text).raw(new byte[] {0});
        message('E', body.done());
    }

    /**
     * Adds a message without a body: ParseComplete 1, BindComplete 2, CloseComplete 3, NoData n, EmptyQueryResponse
     * I, and so on.
     */
    void simple(char type) {
        message(type, new byte[0]);
    }

    void commandComplete(String tag) {
        message('C', new Body().text(tag).done());
    }

    void parameterDescription(List<SqlType> types) {
        Body body = new Body().int2(types.size());
        types.forEach(type -> body.int4(type.oid));
        message('t', body.done());
    }

    void rowDescription(List<DatabaseSession.ResultColumn> columns, List<Boolean> binary) {
        Body body = new Body().int2(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            SqlType type = columns.get(i).type();
            body.text(columns.get(i).name())
                    .int4(0)
                    .int2(0)
                    .int4(type.oid)
                    .int2(type.size)
                    .int4(-1);
            body.int2(isBinary(binary, i) ? 1 : 0);
        }
        message('T', body.done());
    }

    void dataRow(List<DatabaseSession.ResultColumn> columns, List<Optional<Object>> values, List<Boolean> binary)
            throws SqlFailure {
        Body body = new Body().int2(values.size());
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isEmpty()) {
                body.int4(-1);
            } else {
                SqlType type = columns.get(i).type();
                byte[] bytes = type.encode(type.cast(values.get(i).orElseThrow()), isBinary(binary, i));
                body.int4(bytes.length).raw(bytes);
            }
        }
        message('D', body.done());
    }

    /** Returns whether a column is binary; a single format applies to all columns. */
    private static boolean isBinary(List<Boolean> formats, int index) {
        if (formats.isEmpty()) {
            return false;
        }
        return formats.get(formats.size() == 1 ? 0 : index);
    }
}
