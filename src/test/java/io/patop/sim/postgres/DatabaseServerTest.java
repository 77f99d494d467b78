package io.patop.sim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.haproxy.ProxyCommands;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database behind HAProxy, spoken to by hand in PostgreSQL's protocol. */
class DatabaseServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SimulationOptions FAST =
            SimulationOptions.defaults().withSpeed(50).withWalRate(0);

    /** A client of a few lines: startup, and simple queries. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
            try {
                start();
            } catch (IOException refused) {
                socket.close();
                throw refused;
            }
        }

        private void start() throws IOException {
            out.writeInt(8);
            out.writeInt(80877103);
            assertAnswer('N');
            byte[] parameters = "user\0patop\0database\0patop\0\0".getBytes(StandardCharsets.UTF_8);
            out.writeInt(8 + parameters.length);
            out.writeInt(196608);
            out.write(parameters);
            answer();
        }

        private void assertAnswer(char expected) throws IOException {
            int answer = in.read();
            if (answer < 0) {
                throw new EOFException("closed");
            }
            assertThat((char) answer).isEqualTo(expected);
        }

        /** Rows with their fields, then the command's tag or the error's code and text. */
        List<String> ask(String sql) throws IOException {
            byte[] text = (sql + "\0").getBytes(StandardCharsets.UTF_8);
            out.writeByte('Q');
            out.writeInt(4 + text.length);
            out.write(text);
            return answer();
        }

        private List<String> answer() throws IOException {
            List<String> answers = new ArrayList<>();
            while (true) {
                int type = in.read();
                if (type < 0) {
                    throw new EOFException("closed");
                }
                byte[] body = new byte[in.readInt() - 4];
                in.readFully(body);
                switch (type) {
                    case 'Z' -> {
                        return answers;
                    }
                    case 'D' -> answers.add(row(body));
                    case 'C' -> answers.add(new String(body, 0, body.length - 1, StandardCharsets.UTF_8));
                    case 'E' -> answers.add(error(body));
                    default -> {}
                }
            }
        }

        private static String row(byte[] body) throws IOException {
            DataInputStream fields = new DataInputStream(new java.io.ByteArrayInputStream(body));
            int count = fields.readShort();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int length = fields.readInt();
                texts.add(length < 0 ? "NULL" : new String(fields.readNBytes(length), StandardCharsets.UTF_8));
            }
            return String.join("|", texts);
        }

        private static String error(byte[] body) {
            String code = "";
            String message = "";
            for (String field : new String(body, StandardCharsets.UTF_8).split("\0", -1)) {
                code = field.startsWith("C") ? field.substring(1) : code;
                message = field.startsWith("M") ? field.substring(1) : message;
            }
            return code + " " + message;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void writesThroughHaproxyReachTheLeaderAndThenItsReplicas() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(FAST);
                Client leader = new Client(cluster.databasePort());
                Client replica = new Client(cluster.replicaPort())) {
            assertThat(leader.ask("SELECT pg_is_in_recovery()")).containsExactly("f", "SELECT 1");
            assertThat(leader.ask("CREATE TABLE IF NOT EXISTS patop_probe (patop_run text NOT NULL,"
                            + " patop_number bigint NOT NULL, patop_written_at timestamptz NOT NULL)"))
                    .containsExactly("CREATE TABLE");
            assertThat(leader.ask(insert(1) + " RETURNING pg_is_in_recovery()")).containsExactly("f", "INSERT 0 1");
            await().atMost(PATIENCE).until(() -> replica.ask("SELECT count(*) FROM patop_probe"), rows -> rows.get(0)
                    .equals("1"));
            assertThat(replica.ask(insert(2)))
                    .containsExactly("25006 cannot execute INSERT in a read-only transaction");
            assertThat(leader.ask("BEGIN; " + insert(3) + "; ROLLBACK"))
                    .containsExactly("BEGIN", "INSERT 0 1", "ROLLBACK");
            assertThat(leader.ask("SELECT patop_number FROM patop_probe WHERE patop_run = 'r' AND patop_number > 0"
                            + " ORDER BY patop_number"))
                    .containsExactly("1", "SELECT 1");
            assertThat(leader.ask("SELECT nosuch FROM patop_probe"))
                    .containsExactly("0A000 the simulated PostgreSQL does not know the statement"
                            + " 'SELECT nosuch FROM patop_probe'");
            assertThat(leader.ask("DROP TABLE patop_probe")).containsExactly("DROP TABLE");
        }
    }

    private static String insert(int number) {
        return "INSERT INTO patop_probe (patop_run, patop_number, patop_written_at) VALUES ('r', " + number
                + ", '2026-01-01 00:00:00+00')";
    }

    @Test
    void aServerTakenOutInHaproxyLosesItsSessions() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(FAST);
                Client client = new Client(cluster.databasePort())) {
            client.ask("SELECT 1");
            assertThat(cluster.<Long>with(world -> world.proxy().backend("leader").total.current))
                    .isEqualTo(1);
            cluster.with(world -> new ProxyCommands(world).run("shutdown sessions server leader/patroni1"));
            assertThatThrownBy(() -> client.ask("SELECT 1")).isInstanceOf(IOException.class);
            await().atMost(PATIENCE)
                    .until(() -> cluster.<Long>with(world -> world.proxy().backend("leader").total.current) == 0);
        }
    }
}
