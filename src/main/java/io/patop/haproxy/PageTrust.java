package io.patop.haproxy;

import io.patop.net.JdkSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates of the statistics page are trusted.
 *
 * @param authority a PEM file with certificates that are trusted instead of the machine's own
 * @param anybody whether every certificate is accepted
 */
public record PageTrust(Optional<Path> authority, boolean anybody) {

    static {
        JdkSettings.apply();
    }

    /** Trusts the machine's own authorities. */
    public static final PageTrust DEFAULT = new PageTrust(Optional.empty(), false);

    /** Returns the TLS context for connections; the JVM's own if no setting is made. */
    SSLContext context() throws IOException {
        try {
            if (!anybody && authority.isEmpty()) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, anybody ? new TrustManager[] {new Anybody()} : trusted(authority.orElseThrow()), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "the certificates in " + authority.map(Path::toString).orElse("") + " cannot be used", unusable);
        }
    }

    private static TrustManager[] trusted(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority" + count++, certificate);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /**
     * Trusts every certificate and every host name: the extended kind of trust manager also controls the check of the
     * name.
     */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
