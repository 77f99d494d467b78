package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.docker.DockerEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class PatroniClientTlsTest {

    private static final String NODE =
            FaultyServer.http10("200 OK", "application/json", "{\"state\": \"running\", \"role\": \"replica\"}");
    private static final PatroniClient.Bounds BOUNDS =
            new PatroniClient.Bounds(Duration.ofSeconds(60), Duration.ofSeconds(60), 1 << 20);

    @TempDir
    static Path directory;

    private static TestCertificate good;
    private static TestCertificate expired;
    private static TestCertificate elsewhere;
    private static TestCertificate client;

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @BeforeAll
    static void makeCertificates() throws Exception {
        good = TestCertificate.create(directory, "good", "-ext", "SAN=ip:127.0.0.1,dns:localhost");
        expired = TestCertificate.createSigned(
                directory, "expired", "-ext", "SAN=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
        elsewhere = TestCertificate.create(directory, "elsewhere", "-ext", "SAN=dns:elsewhere.example.com");
        client = TestCertificate.create(directory, "client");
    }

    @AfterEach
    void endThreads() {
        executor.shutdownNow();
    }

    @Test
    void trustsTheAuthorityThatItWasGiven() throws Exception {
        try (FaultyServer server = server(good)) {
            assertThat(failure(server, trusting(good))).isEmpty();
        }
    }

    @Test
    void saysThatTheAuthorityIsNotTrusted() throws Exception {
        try (FaultyServer server = server(good)) {
            fails(server, Tls.DEFAULT, "its certificate is of an authority that is not trusted here");
            fails(server, trusting(client), "its certificate is of an authority that is not trusted here");
        }
    }

    @Test
    void saysThatTheCertificateHasExpired() throws Exception {
        try (FaultyServer server = server(expired)) {
            fails(server, trusting(expired), "its certificate has expired");
        }
    }

    @Test
    void saysThatTheCertificateIsForAnotherHost() throws Exception {
        try (FaultyServer server = server(elsewhere)) {
            fails(server, trusting(elsewhere), "its certificate is for another host than 127.0.0.1");
        }
    }

    @Test
    void acceptsAnyCertificateWhenInsecure() throws Exception {
        Tls insecure = new Tls(true, Optional.empty(), Optional.empty());
        for (TestCertificate certificate : List.of(good, expired, elsewhere)) {
            try (FaultyServer server = server(certificate)) {
                assertThat(failure(server, insecure)).isEmpty();
            }
        }
    }

    @Test
    void showsAClientCertificateToAServerThatDemandsOne() throws Exception {
        Path certificate = write("client.pem", client.certificatePem());
        Path key = write("client-key.pem", client.keyPem());
        Path encrypted = write("client-encrypted.pem", client.encryptedKeyPem("s3cret"));
        Path both = write("client-both.pem", client.keyPem() + client.certificatePem());
        try (FaultyServer server = FaultyServer.on(
                good.listen(List.of(client)), (self, connection) -> FaultyServer.say(connection, NODE))) {
            assertThat(failure(server, showing(good, certificate, Optional.of(key), Optional.empty())))
                    .isEmpty();
            assertThat(failure(server, showing(good, both, Optional.empty(), Optional.empty())))
                    .isEmpty();
            assertThat(failure(
                            server,
                            showing(good, certificate, Optional.of(encrypted), Optional.of(new Secret("s3cret")))))
                    .isEmpty();
            assertThat(failure(server, trusting(good))).isPresent();
            fails(
                    server,
                    showing(good, certificate, Optional.of(encrypted), Optional.of(new Secret("other"))),
                    encrypted + ": the key cannot be decrypted: is keyfile_password right?");
            fails(
                    server,
                    showing(good, certificate, Optional.of(encrypted), Optional.empty()),
                    encrypted + ": the key is encrypted and keyfile_password is not set");
            fails(
                    server,
                    showing(good, certificate, Optional.of(certificate), Optional.empty()),
                    certificate + ": there is no PEM private key in it");
        }
    }

    /** What openssl wrote before version 3, and what still lies about, as Docker's key.pem may be. */
    @ParameterizedTest
    @CsvSource({"rsa-cert.pem, rsa-pkcs1.pem", "rsa-cert.pem, rsa-pkcs8.pem", "ec-cert.pem, ec-sec1-params.pem"})
    void readsAClientsKeyInOpensslsOlderFormsToo(String certificate, String key) throws Exception {
        Optional<Tls.ClientCertificate> shown = Optional.of(
                new Tls.ClientCertificate(openssl(certificate), Optional.of(openssl(key)), Optional.empty()));
        assertThat(new Tls(false, Optional.empty(), shown).keyManagers()).hasSize(1);
    }

    @Test
    void saysWhichKeyIsEncryptedInOpensslsOldForm() throws Exception {
        Path key = openssl("rsa-pkcs1-encrypted.pem");
        try (FaultyServer server = server(good)) {
            fails(
                    server,
                    showing(good, openssl("rsa-cert.pem"), Optional.of(key), Optional.of(new Secret("s3cret"))),
                    key + ": the key is encrypted in openssl's old form; convert it: openssl pkcs8 -topk8");
        }
    }

    private static Path openssl(String name) throws Exception {
        return Path.of(DockerEndpoint.class.getResource("tls/" + name).toURI());
    }

    @Test
    void withAClientCertificateInsecureStillChecksTheAuthority() throws Exception {
        Path both = write("client-both.pem", client.keyPem() + client.certificatePem());
        Optional<Tls.ClientCertificate> shown =
                Optional.of(new Tls.ClientCertificate(both, Optional.empty(), Optional.empty()));
        try (FaultyServer server = server(elsewhere)) {
            assertThat(failure(server, new Tls(true, authority(elsewhere), shown)))
                    .isEmpty();
            fails(server, new Tls(true, authority(good), shown), "authority that is not trusted");
        }
    }

    @Test
    void namesTheFileThatCannotBeUsedAndOnlyWhereTlsIsSpoken() throws Exception {
        Path missing = directory.resolve("missing.pem");
        Path noPem = write("no.pem", "hello");
        try (FaultyServer server = server(good);
                FaultyServer plain = FaultyServer.saying(NODE)) {
            fails(server, new Tls(false, Optional.of(missing), Optional.empty()), missing + " cannot be read");
            fails(
                    server,
                    new Tls(false, Optional.of(noPem), Optional.empty()),
                    noPem + ": there is no PEM certificate in it");
            Access broken = new Access(Optional.empty(), new Tls(false, Optional.of(missing), Optional.empty()));
            assertThat(new PatroniClient(executor, BOUNDS, broken)
                            .node(plain.url())
                            .get()
                            .value())
                    .isPresent();
        }
    }

    /** Patroni waits for the client's close_notify after each answer; Java 17.0.15 sends it only when told to. */
    @Test
    void readsAnAnswerThatEndsWhenTheClientSaysSoToo() throws Exception {
        try (FaultyServer server = endingAsPython(NODE)) {
            assertThat(failure(server, trusting(good))).isEmpty();
        }
    }

    /** The setting is read once in a process, and tests make TLS servers first: so the client has one of its own. */
    @Test
    void setsByItselfWhatSuchAnswersNeed() throws Exception {
        try (FaultyServer server = endingAsPython(NODE)) {
            Path output = directory.resolve("output");
            Process client = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            InAProcessOfItsOwn.class.getName(),
                            authority(good).orElseThrow().toString(),
                            "https://127.0.0.1:" + server.port())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(client.waitFor()).as(Files.readString(output)).isZero();
        }
    }

    /** Asks a node once; ends with 0 if it answers. */
    static final class InAProcessOfItsOwn {
        private InAProcessOfItsOwn() {}

        public static void main(String[] arguments) throws Exception {
            Tls tls = new Tls(false, Optional.of(Path.of(arguments[0])), Optional.empty());
            Optional<Failure> failure = new PatroniClient(
                            Executors.newCachedThreadPool(), BOUNDS, new Access(Optional.empty(), tls))
                    .node(ApiUrl.parse(arguments[1]))
                    .get()
                    .failure();
            failure.map(Failure::message).ifPresent(System.out::println);
            System.exit(failure.isPresent() ? 1 : 0);
        }
    }

    @Test
    void saysThatAPlainServerSpeaksNoTls() throws Exception {
        try (FaultyServer plain = FaultyServer.thatAtOnce(
                (self, connection) -> FaultyServer.say(connection, "HTTP/1.0 400 No\r\n\r\n"))) {
            fails(plain, Tls.DEFAULT, "what answers there is not TLS; if it is plain HTTP, say http://");
        }
    }

    @Test
    void pointsToHttpsWhereATlsServerIsAskedInPlainHttp() throws Exception {
        try (FaultyServer server = server(good)) {
            Failure failure = new PatroniClient(executor, BOUNDS)
                    .node(server.url())
                    .get()
                    .failure()
                    .orElseThrow();
            assertThat(failure.kind()).isIn(Failure.Kind.NOT_UNDERSTOOD, Failure.Kind.BROKEN_OFF);
            assertThat(failure.message()).contains("TLS");
        }
    }

    /** Ends TLS and not the connection, and waits for the client to end TLS too: Python's unwrap does that. */
    private static FaultyServer endingAsPython(String answer) throws Exception {
        return FaultyServer.thatAtOnce((server, connection) -> {
            try {
                SSLSocket tls = good.over(connection);
                FaultyServer.head(tls.getInputStream());
                FaultyServer.say(tls, answer);
                tls.close();
            } catch (GeneralSecurityException wrong) {
                throw new IOException(wrong);
            }
        });
    }

    private static FaultyServer server(TestCertificate certificate) throws Exception {
        return FaultyServer.on(certificate.listen(List.of()), (self, connection) -> FaultyServer.say(connection, NODE));
    }

    private static Tls trusting(TestCertificate authority) throws Exception {
        return new Tls(false, authority(authority), Optional.empty());
    }

    private static Tls showing(
            TestCertificate authority, Path certificate, Optional<Path> key, Optional<Secret> password)
            throws Exception {
        return new Tls(false, authority(authority), Optional.of(new Tls.ClientCertificate(certificate, key, password)));
    }

    private static Optional<Path> authority(TestCertificate authority) throws Exception {
        return Optional.of(write("authority.pem", "a comment\n" + authority.authorityPem()));
    }

    private static Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private void fails(FaultyServer server, Tls tls, String words) throws Exception {
        Failure failure = failure(server, tls).orElseThrow();
        assertThat(failure.kind()).as(failure.message()).isEqualTo(Failure.Kind.TLS);
        assertThat(failure.message())
                .startsWith("https://127.0.0.1:" + server.port() + ": ")
                .contains(words)
                .doesNotContain("\n", "s3cret");
    }

    private Optional<Failure> failure(FaultyServer server, Tls tls) throws Exception {
        ApiUrl url = ApiUrl.parse("https://127.0.0.1:" + server.port());
        return new PatroniClient(executor, BOUNDS, new Access(Optional.empty(), tls))
                .node(url)
                .get()
                .failure();
    }
}
