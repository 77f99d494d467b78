package io.patop.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Certificates as openssl and docker write them, against a TLS server that wants one of the client. The files
 * under {@code tls} were made for these tests and open nothing.
 */
class TlsMaterialTest {

    private static final char[] NO_PASSWORD = new char[0];

    @TempDir
    private Path directory;

    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        server = server("127.0.0.1");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-cert.pem, rsa-pkcs1.pem",
        "rsa-cert.pem, rsa-pkcs8.pem",
        "ec-cert.pem, ec-sec1.pem",
        "ec-cert.pem, ec-sec1-params.pem",
        "ec-cert.pem, ec-pkcs8.pem"
    })
    void aClientIsKnownByItsCertificate(String certificate, String key) throws IOException {
        put("ca.pem", "ca.pem");
        put(certificate, "cert.pem");
        put(key, "key.pem");

        assertThat(ask(server, true).value().map(EngineInfo::name)).contains("node1");
    }

    @Test
    void aClientIsKnownByItsCertificateWhenTheEnginesIsNotChecked() throws IOException {
        put("rsa-cert.pem", "cert.pem");
        put("rsa-pkcs8.pem", "key.pem");

        assertThat(ask(server, false).value().map(EngineInfo::name)).contains("node1");
    }

    @Test
    void aClientWithoutACertificateIsNotLetIn() throws IOException {
        put("ca.pem", "ca.pem");

        assertThat(ask(server, true).value()).isEmpty();
    }

    @Test
    void anEngineOfAnUnknownAuthorityIsNotTrusted() throws IOException {
        put("rsa-cert.pem", "cert.pem");
        put("rsa-pkcs8.pem", "key.pem");

        Failure failure = ask(server, true).failure().orElseThrow();

        assertThat(failure.kind()).isEqualTo(Failure.Kind.TLS);
        assertThat(failure.message()).startsWith("Docker at tcp://127.0.0.1:").doesNotContain("\n");
    }

    @Test
    void anEngineWithAnothersCertificateIsNotTrustedUnlessItIsNotChecked() throws Exception {
        put("ca.pem", "ca.pem");
        put("rsa-cert.pem", "cert.pem");
        put("rsa-pkcs8.pem", "key.pem");
        HttpsServer other = server("127.0.0.2");
        try {
            assertThat(ask(other, true).failure().map(Failure::kind)).contains(Failure.Kind.TLS);
            assertThat(ask(other, false).value()).isPresent();
        } finally {
            other.stop(0);
        }
    }

    @Test
    void anEngineThatSpeaksTlsIsNotAskedInPlain() throws Exception {
        put("ca.pem", "ca.pem");
        DockerEndpoint plain =
                new DockerEndpoint.Tcp("127.0.0.1", server.getAddress().getPort(), Optional.empty());

        try (DockerClient client = DockerClient.of(plain)) {
            assertThat(client.engine().value()).isEmpty();
        }
    }

    @Test
    void aKeyOfEd25519IsRead() throws IOException {
        assertThat(TlsMaterial.key(put("ed25519-pkcs8.pem", "key.pem")).getAlgorithm())
                .isEqualTo("EdDSA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-encrypted.pem", "rsa-pkcs1-encrypted.pem", "ca.pem"})
    void aKeyThatCannotBeUsedIsOneLineThatSaysWhatToDo(String key) throws IOException {
        put("rsa-cert.pem", "cert.pem");
        Path file = put(key, "key.pem");

        assertThatThrownBy(() -> DockerClient.of(endpoint(server, true)))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is not a private key without a password that Java can read;"
                        + " convert it with: openssl pkcs8 -topk8 -nocrypt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA ", "EC ", ""})
    void aKeyThatIsCutOffIsOneLine(String kind) throws IOException {
        Path file = Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN " + kind + "PRIVATE KEY-----\nMHcCAQE=\n-----END " + kind + "PRIVATE KEY-----\n");

        assertThatThrownBy(() -> TlsMaterial.key(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " is not a private key");
    }

    @Test
    void aCertificateWithoutItsKeyIsOneLine() throws IOException {
        Path certificate = put("rsa-cert.pem", "cert.pem");

        assertThatThrownBy(() -> DockerClient.of(endpoint(server, true)))
                .isInstanceOf(IOException.class)
                .hasMessage("cert.pem and key.pem belong together, and only " + certificate + " is there");
    }

    @Test
    void anAuthorityThatIsNoneIsOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("ca.pem"), "hello");

        assertThatThrownBy(() -> DockerClient.of(endpoint(server, true)))
                .isInstanceOf(IOException.class)
                .message()
                .contains(file.toString())
                .doesNotContain("\n");
    }

    private Path put(String name, String as) throws IOException {
        try (InputStream in = resource(name)) {
            Path file = directory.resolve(as);
            Files.copy(in, file);
            return file;
        }
    }

    private DockerEndpoint endpoint(HttpsServer at, boolean verify) {
        return new DockerEndpoint.Tcp(
                at.getAddress().getAddress().getHostAddress(),
                at.getAddress().getPort(),
                Optional.of(new DockerEndpoint.Tls(Optional.of(directory), verify)));
    }

    private Answer<EngineInfo> ask(HttpsServer at, boolean verify) throws IOException {
        try (DockerClient client = DockerClient.of(endpoint(at, verify))) {
            return client.engine();
        }
    }

    private static InputStream resource(String name) {
        return TlsMaterialTest.class.getResourceAsStream("tls/" + name);
    }

    /** An engine behind TLS that lets in whom the authority of the tests has signed. */
    private HttpsServer server(String address) throws Exception {
        SSLContext context = serverContext();
        HttpsServer engine = HttpsServer.create(new InetSocketAddress(address, 0), 0);
        engine.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        answer(engine, "/version", "version.json");
        answer(engine, "/v1.41/info", "info.json");
        engine.start();
        return engine;
    }

    private static void answer(HttpsServer engine, String path, String recorded) {
        byte[] body = FakeEngine.recorded(recorded).getBytes(StandardCharsets.UTF_8);
        engine.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private SSLContext serverContext() throws IOException, GeneralSecurityException {
        KeyStore keys = store();
        Path key = directory.resolve("server-key.pem");
        if (Files.notExists(key)) {
            put("server-pkcs8.pem", "server-key.pem");
        }
        keys.setKeyEntry(
                "server", TlsMaterial.key(key), NO_PASSWORD, new Certificate[] {certificate("server-cert.pem")});
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, NO_PASSWORD);
        KeyStore authorities = store();
        authorities.setCertificateEntry("ca", certificate("ca.pem"));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Certificate certificate(String name) throws IOException, GeneralSecurityException {
        try (InputStream in = resource(name)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
