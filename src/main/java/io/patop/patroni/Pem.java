package io.patop.patroni;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads certificates and keys from PEM files, as Patroni's configuration names them. Keys are in PKCS #8, plain or
 * encrypted ({@code openssl pkcs8 -topk8}); openssl's older formats are refused with the command that converts them.
 */
final class Pem {

    private static final int LARGEST = 4 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private record Block(String label, String text) {}

    private Pem() {}

    /** Returns all certificates of the file in its order; at least one. */
    static List<Certificate> certificates(Path file) throws UnusableTls {
        List<Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks(file)) {
                if (block.label().endsWith("CERTIFICATE")) {
                    certificates.add(factory.generateCertificate(new ByteArrayInputStream(bytes(file, block))));
                }
            }
        } catch (CertificateException broken) {
            throw new UnusableTls(file + ": a certificate in it cannot be read", broken);
        }
        if (certificates.isEmpty()) {
            throw new UnusableTls(file + ": there is no PEM certificate in it", null);
        }
        return certificates;
    }

    /** Returns the first private key of the file. */
    static PrivateKey privateKey(Path file, Optional<Secret> password) throws UnusableTls {
        for (Block block : blocks(file)) {
            if (block.label().equals("PRIVATE KEY")) {
                return key(file, new PKCS8EncodedKeySpec(bytes(file, block)));
            }
            if (block.label().equals("ENCRYPTED PRIVATE KEY")) {
                return key(file, decrypted(file, bytes(file, block), password));
            }
            if (block.label().endsWith(" PRIVATE KEY")) {
                throw new UnusableTls(
                        file
                                + ": the key is in openssl's old format; convert it: openssl pkcs8 -topk8 -in OLD -out NEW",
                        null);
            }
        }
        throw new UnusableTls(file + ": there is no PEM private key in it", null);
    }

    private static PKCS8EncodedKeySpec decrypted(Path file, byte[] encrypted, Optional<Secret> password)
            throws UnusableTls {
        if (password.isEmpty()) {
            throw new UnusableTls(file + ": the key is encrypted and keyfile_password is not set", null);
        }
        PBEKeySpec typed = new PBEKeySpec(password.get().reveal().toCharArray());
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
            AlgorithmParameters parameters = info.getAlgParameters();
            // PBES2 is a frame: JDK 17 tells the ciphers in it only by the text of its parameters.
            String algorithm = parameters == null ? info.getAlgName() : parameters.toString();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE, SecretKeyFactory.getInstance(algorithm).generateSecret(typed), parameters);
            return info.getKeySpec(cipher);
        } catch (IOException | GeneralSecurityException refused) {
            throw new UnusableTls(file + ": the key cannot be decrypted: is keyfile_password right?", refused);
        } finally {
            typed.clearPassword();
        }
    }

    private static PrivateKey key(Path file, PKCS8EncodedKeySpec spec) throws UnusableTls {
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = key(algorithm, spec);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new UnusableTls(file + ": the key is neither RSA, EC nor EdDSA", null);
    }

    private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (GeneralSecurityException anotherAlgorithm) {
            return Optional.empty();
        }
    }

    private static List<Block> blocks(Path file) throws UnusableTls {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(LARGEST);
        } catch (IOException unreadable) {
            throw new UnusableTls(file + " cannot be read: " + FileErrors.why(unreadable), unreadable);
        }
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            blocks.add(new Block(block.group(1), block.group(2)));
        }
        return blocks;
    }

    private static byte[] bytes(Path file, Block block) throws UnusableTls {
        try {
            return Base64.getMimeDecoder().decode(block.text());
        } catch (IllegalArgumentException broken) {
            throw new UnusableTls(file + ": the PEM block " + block.label() + " is broken", broken);
        }
    }
}
