package io.patop.patroni;

import io.patop.net.PemFile;
import io.patop.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS settings in patronictl's terms (section ctl of its configuration): which servers to trust, and the client
 * certificate.
 *
 * @param insecure whether any certificate is accepted; with a client certificate the authority is still checked,
 *     and only the host's name is not, as in patronictl (request.py of 3.0.2 and 4.1.4)
 * @param cacert PEM file of the authorities to trust instead of the JDK's own
 * @param client client certificate for servers that ask for one
 */
public record Tls(boolean insecure, Optional<Path> cacert, Optional<ClientCertificate> client) {

    /** The JDK's own list of authorities, and no client certificate. */
    public static final Tls DEFAULT = new Tls(false, Optional.empty(), Optional.empty());

    /**
     * A client certificate.
     *
     * @param certfile PEM file of the certificate and of those between it and its authority
     * @param keyfile PEM file of its key; absent if certfile holds it too
     * @param keyPassword password of an encrypted key
     */
    public record ClientCertificate(Path certfile, Optional<Path> keyfile, Optional<Secret> keyPassword) {}

    /**
     * Returns the trust managers, which check the authority only; the host's name is checked elsewhere.
     *
     * @throws UnusableTls when a file cannot be read or does not hold what it should
     */
    TrustManager[] trustManagers() throws UnusableTls {
        try {
            return readTrustManagers();
        } catch (GeneralSecurityException | IOException refused) {
            throw unusable(refused);
        }
    }

    /**
     * Returns the key managers of the client certificate; empty if there is none.
     *
     * @throws UnusableTls when a file cannot be read or does not hold what it should
     */
    KeyManager[] keyManagers() throws UnusableTls {
        try {
            return readKeyManagers();
        } catch (GeneralSecurityException | IOException refused) {
            throw unusable(refused);
        }
    }

    private static UnusableTls unusable(Exception refused) {
        return refused instanceof UnusableTls already
                ? already
                : new UnusableTls("TLS cannot be set up: " + refused.getMessage(), refused);
    }

    private TrustManager[] readTrustManagers() throws GeneralSecurityException, IOException {
        if (insecure && client.isEmpty()) {
            return new TrustManager[] {new AnyCertificate()};
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(cacert.isPresent() ? authorities(cacert.get()) : null);
        return factory.getTrustManagers();
    }

    private KeyManager[] readKeyManagers() throws GeneralSecurityException, IOException {
        if (client.isEmpty()) {
            return new KeyManager[0];
        }
        ClientCertificate shown = client.get();
        List<Certificate> chain = read(shown.certfile(), PemFile::certificates);
        Optional<String> password = shown.keyPassword().map(Secret::reveal);
        PrivateKey key =
                read(shown.keyfile().orElse(shown.certfile()), file -> file.privateKey("keyfile_password", password));
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, new char[0], chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore authorities(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate authority : read(file, PemFile::certificates)) {
            store.setCertificateEntry("authority" + number++, authority);
        }
        return store;
    }

    private interface Part<T> {
        T of(PemFile file) throws IOException;
    }

    private static <T> T read(Path path, Part<T> part) throws UnusableTls {
        PemFile file;
        try {
            file = PemFile.read(path);
        } catch (IOException unreadable) {
            throw new UnusableTls(path + " cannot be read: " + FileErrors.why(unreadable), unreadable);
        }
        try {
            return part.of(file);
        } catch (IOException unusable) {
            throw new UnusableTls(Printable.message(unusable), unusable);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
