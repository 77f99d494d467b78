package io.patop.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.watch.model.Observation;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets do not get into a recording; what is no secret does. */
class RedactionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "host=db user=r password=s3cret port=1     | host=db user=r password=redacted port=1",
                "user=r password = 'it\\'s s3cret' port=1  | user=r password = redacted port=1",
                "password='s3cret                          | password=redacted",
                "password=\"s3cret s3cret\" port=1         | password=redacted port=1",
                "postgres://u:s3cret@db:5432/x?sslmode=on  | postgres://redacted@db:5432/x?sslmode=on",
                "postgres://db/x?user=a&password=s3cret&b=1| postgres://db/x?user=a&password=redacted&b=1",
                "http://s3cret@host/path                   | http://redacted@host/path",
                "PGPASSWORD=s3cret cp %p /archive/%f       | PGPASSWORD=redacted cp %p /archive/%f",
                "AWS_SECRET_ACCESS_KEY=s3cret wal-g push   | AWS_SECRET_ACCESS_KEY=redacted wal-g push",
                "pump --password s3cret --to /x            | pump --password redacted --to /x",
                "pump --db-password=s3cret --to /x         | pump --db-password=redacted --to /x",
                "{\"password\": \"s3cret\", \"a\": 1}      | {\"password\": redacted, \"a\": 1}",
                "Authorization: Basic s3cret               | Authorization: Basic redacted",
                "https://host:8008/a@b                     | https://host:8008/a@b",
                "password authentication failed for u      | password authentication failed for u",
                "the secret of a good failover             | the secret of a good failover",
                "host=db passfile=/tmp/.pgpass             | host=db passfile=/tmp/.pgpass"
            })
    void textIsCleared(String text, String clear) {
        assertThat(Redaction.redact(text)).isEqualTo(clear);
    }

    @Test
    void privateKeysAreCleared() {
        assertThat(Redaction.redact("-----BEGIN RSA PRIVATE KEY-----\ns3cret\n-----END RSA PRIVATE KEY-----\nx"))
                .isEqualTo("-----BEGIN RSA PRIVATE KEY-----redacted-----END RSA PRIVATE KEY-----\nx");
        assertThat(Redaction.redact("-----BEGIN PRIVATE KEY-----\ns3cret cut off"))
                .doesNotContain("s3cret");
    }

    @Test
    void valuesWhoseKeySaysSoAreClearedAndTheConfigurationIsStillOne() throws Exception {
        DynamicConfig config = new DynamicConfig(Map.of(
                "ttl",
                30,
                "postgresql",
                Map.of(
                        "parameters",
                        Map.of(
                                "password_encryption", "scram-sha-256",
                                "primary_conninfo", "host=a password=s3cret1 user=r",
                                "ssl_passphrase_command", "echo s3cret2"),
                        "authentication",
                        Map.of("superuser", Map.of("username", "postgres", "Password", "s3cret3")),
                        "tokens",
                        List.of("s3cret4", 31337))));
        Observation observation =
                new Observation.ConfigAnswered(Instant.EPOCH, URI.create("http://u:s3cret5@n:8008"), config);

        String line = ObservationJson.of(observation).toString();

        assertThat(line)
                .doesNotContain("s3cret")
                .doesNotContain("31337")
                .contains("scram-sha-256", "postgres", "host=a");
        Observation.ConfigAnswered read = (Observation.ConfigAnswered) ObservationJson.observation(line);
        assertThat(read.config().ttl().toSeconds()).isEqualTo(30);
        assertThat(read.via()).hasToString("http://redacted@n:8008");
    }

    @Test
    void whatANodeSaidOfItsFailureIsClearedToo() {
        Observation failed = new Observation.NodeFailed(
                Instant.EPOCH,
                "a",
                URI.create("http://a:8008"),
                new Failure(Failure.Kind.DENIED, "FATAL: bad conninfo \"host=b password=s3cret\""));

        assertThat(ObservationJson.of(failed).toString())
                .doesNotContain("s3cret")
                .contains("host=b");
    }
}
