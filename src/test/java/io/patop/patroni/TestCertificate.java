package io.patop.patroni;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A key and a certificate signed with itself, made by the running JDK's keytool, and servers that show it. */
final class TestCertificate {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store;

    private TestCertificate(KeyStore store) {
        this.store = store;
    }

    /** Signed with itself. */
    static TestCertificate create(Path directory, String name, String... keytoolOptions) throws Exception {
        Path file = directory.resolve(name + ".p12");
        generate(file, "one", name, keytoolOptions);
        return load(file);
    }

    /** Signed by an authority of its own: a certificate that is trusted by itself never expires. */
    static TestCertificate createSigned(Path directory, String name, String... keytoolOptions) throws Exception {
        Path file = directory.resolve(name + ".p12");
        generate(file, "ca", "ca of " + name, "-ext", "bc:c");
        List<String> options = new ArrayList<>(List.of("-signer", "ca"));
        options.addAll(Arrays.asList(keytoolOptions));
        generate(file, "one", name, options.toArray(String[]::new));
        return load(file);
    }

    private static void generate(Path file, String alias, String name, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString()));
        command.addAll(Arrays.asList(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
    }

    private static TestCertificate load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new TestCertificate(store);
    }

    String authorityPem() throws GeneralSecurityException {
        Certificate[] chain = store.getCertificateChain("one");
        return pem("CERTIFICATE", chain[chain.length - 1].getEncoded());
    }

    String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate("one").getEncoded());
    }

    String keyPem() throws GeneralSecurityException {
        return pem("PRIVATE KEY", key().getEncoded());
    }

    String encryptedKeyPem(String password) throws GeneralSecurityException, IOException {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        SecretKey secret =
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE, secret);
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        byte[] encrypted = cipher.doFinal(key().getEncoded());
        return pem("ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded());
    }

    /** A listening socket that shows this certificate, and demands the other one if there is one. */
    ServerSocket listen(List<TestCertificate> demanded) throws GeneralSecurityException, IOException {
        SSLServerSocket listening = (SSLServerSocket)
                context(demanded).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setNeedClientAuth(!demanded.isEmpty());
        return listening;
    }

    /** TLS over a connection that goes on when TLS has ended. */
    SSLSocket over(Socket connection) throws GeneralSecurityException, IOException {
        SSLSocket tls = (SSLSocket)
                context(List.of()).getSocketFactory().createSocket(connection, "client", connection.getPort(), false);
        tls.setUseClientMode(false);
        return tls;
    }

    private SSLContext context(List<TestCertificate> demanded) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore clients = KeyStore.getInstance("PKCS12");
        clients.load(null, null);
        for (TestCertificate client : demanded) {
            clients.setCertificateEntry("client", client.store.getCertificate("one"));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(clients);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private Key key() throws GeneralSecurityException {
        return store.getKey("one", PASSWORD);
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }
}
