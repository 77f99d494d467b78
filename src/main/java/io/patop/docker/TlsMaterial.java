package io.patop.docker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Docker's {@code ca.pem}, {@code cert.pem} and {@code key.pem} as an {@link SSLContext}. */
final class TlsMaterial {

    private static final char[] NO_PASSWORD = new char[0];

    /** AlgorithmIdentifier of rsaEncryption, which PKCS#1 leaves out and PKCS#8 puts before the key. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private TlsMaterial() {}

    /**
     * The context of a directory of certificates.
     *
     * @throws IOException with one line, if a file cannot be read or used
     */
    static SSLContext of(Path directory) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(directory), trust(directory.resolve("ca.pem")), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the certificates in " + directory + " cannot be used: " + unusable.getMessage());
        }
    }

    private static javax.net.ssl.TrustManager[] trust(Path ca) throws IOException, GeneralSecurityException {
        if (!Files.exists(ca)) {
            return null;
        }
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(ca)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static javax.net.ssl.KeyManager[] keys(Path directory) throws IOException, GeneralSecurityException {
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        if (!Files.exists(certificate) || !Files.exists(key)) {
            return null;
        }
        KeyStore store = empty();
        store.setKeyEntry(
                "client",
                privateKey(key),
                NO_PASSWORD,
                certificates(certificate).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        String pem = Files.readString(file, StandardCharsets.US_ASCII);
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        if (pem.contains("BEGIN RSA PRIVATE KEY")) {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8(der)));
        }
        if (!pem.contains("BEGIN PRIVATE KEY")) {
            throw new IOException(file + " is neither an RSA nor a PKCS#8 private key without a password; convert it"
                    + " with openssl pkcs8 -topk8 -nocrypt");
        }
        PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(der);
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(key);
        } catch (GeneralSecurityException notRsa) {
            return KeyFactory.getInstance("EC").generatePrivate(key);
        }
    }

    /** PKCS#8 is a sequence of version 0, the algorithm, and the PKCS#1 key as an octet string (RFC 5208). */
    private static byte[] pkcs8(byte[] pkcs1) {
        byte[] key = tagged(0x04, pkcs1);
        byte[] version = {0x02, 0x01, 0x00};
        return tagged(
                0x30,
                ByteBuffer.allocate(version.length + RSA.length + key.length)
                        .put(version)
                        .put(RSA)
                        .put(key)
                        .array());
    }

    private static byte[] tagged(int tag, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) tag)
                .put((byte) 0x82)
                .putShort((short) content.length)
                .put(content)
                .array();
    }
}
