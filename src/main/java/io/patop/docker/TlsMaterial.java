package io.patop.docker;

import io.patop.net.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.ssl.SSLContextBuilder;

/**
 * Prepares Docker's {@code ca.pem}, {@code cert.pem} and {@code key.pem} for a connection: the trusted authorities
 * and the client certificate. Without a {@code ca.pem} Java's own authorities are trusted.
 */
final class TlsMaterial {

    private static final char[] NO_PASSWORD = new char[0];

    private TlsMaterial() {}

    /**
     * Returns the TLS strategy for an engine.
     *
     * @throws IOException with one line, if a file cannot be read or used
     */
    static TlsSocketStrategy strategy(DockerEndpoint.Tls tls) throws IOException {
        try {
            SSLContext context = context(tls);
            return tls.verify()
                    ? new DefaultClientTlsStrategy(context)
                    : new DefaultClientTlsStrategy(
                            context, HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE);
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "the certificates in " + tls.directory().map(Path::toString).orElse("Java's own store")
                            + " cannot be used: " + unusable.getMessage(),
                    unusable);
        }
    }

    private static SSLContext context(DockerEndpoint.Tls tls) throws IOException, GeneralSecurityException {
        SSLContextBuilder builder = SSLContextBuilder.create();
        Optional<Path> ca = file(tls, "ca.pem");
        if (!tls.verify()) {
            builder.loadTrustMaterial((chain, type) -> true);
        } else if (ca.isPresent()) {
            builder.loadTrustMaterial(authorities(ca.get()), null);
        }
        Optional<Path> certificate = file(tls, "cert.pem");
        Optional<Path> key = file(tls, "key.pem");
        if (certificate.isPresent() != key.isPresent()) {
            throw new NoSuchFileException("cert.pem and key.pem belong together, and only "
                    + certificate.or(() -> key).orElseThrow() + " is there");
        }
        if (certificate.isPresent()) {
            builder.loadKeyMaterial(client(certificate.get(), key.orElseThrow()), NO_PASSWORD);
        }
        return builder.build();
    }

    private static Optional<Path> file(DockerEndpoint.Tls tls, String name) {
        return tls.directory().map(directory -> directory.resolve(name)).filter(Files::exists);
    }

    private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : PemFile.read(file).certificates()) {
            store.setCertificateEntry("ca" + number, certificate);
            number++;
        }
        return store;
    }

    private static KeyStore client(Path certificate, Path key) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry(
                "client",
                key(key),
                NO_PASSWORD,
                PemFile.read(certificate).certificates().toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    /** Returns the first private key of a file. */
    static PrivateKey key(Path file) throws IOException {
        try {
            return PemFile.read(file).privateKey("a password", Optional.empty());
        } catch (IOException unusable) {
            throw new IOException(
                    file + " is not a private key without a password that Java can read;"
                            + " convert it with: openssl pkcs8 -topk8 -nocrypt",
                    unusable);
        }
    }
}
