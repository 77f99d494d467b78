package io.patop.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The certificates and keys of a PEM file. Java reads keys in PKCS#8 only; the older forms that {@code openssl} writes,
 * PKCS#1 for RSA and SEC 1 for elliptic curves, are put into the PKCS#8 envelope (RFC 5208, RFC 5915). A failure is an
 * IOException of one line that names the file.
 */
public final class PemFile {

    private static final int LARGEST = 4 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    /** AlgorithmIdentifier of rsaEncryption. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** The object identifier of id-ecPublicKey; the curve's follows it in the AlgorithmIdentifier. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    /** Tag of the field that holds the curve in SEC 1. */
    private static final int CURVE = 0xa0;

    private final Path file;
    private final List<Block> blocks = new ArrayList<>();

    private record Block(String label, String text) {}

    private PemFile(Path file, String content) {
        this.file = file;
        Matcher block = BLOCK.matcher(content);
        while (block.find()) {
            blocks.add(new Block(block.group(1), block.group(2)));
        }
    }

    /** Reads a file. */
    public static PemFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new PemFile(file, new String(in.readNBytes(LARGEST), StandardCharsets.ISO_8859_1));
        }
    }

    /** Returns all certificates in their order; at least one. */
    public List<Certificate> certificates() throws IOException {
        List<Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks) {
                if (block.label().endsWith("CERTIFICATE")) {
                    certificates.add(factory.generateCertificate(new ByteArrayInputStream(bytes(block))));
                }
            }
        } catch (CertificateException broken) {
            throw failure("a certificate in it cannot be read", broken);
        }
        if (certificates.isEmpty()) {
            throw failure("there is no PEM certificate in it");
        }
        return certificates;
    }

    /**
     * Returns the first private key.
     *
     * @param setting the name of the password's setting, for the message when it is missing or wrong
     */
    public PrivateKey privateKey(String setting, Optional<String> password) throws IOException {
        for (Block block : blocks) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return key(block, setting, password);
            }
        }
        throw failure("there is no PEM private key in it");
    }

    private PrivateKey key(Block block, String setting, Optional<String> password) throws IOException {
        if (block.text().contains(":")) {
            throw failure(
                    "the key is encrypted in openssl's old form; convert it: openssl pkcs8 -topk8 -in OLD -out NEW");
        }
        byte[] der = bytes(block);
        try {
            return switch (block.label()) {
                case "PRIVATE KEY" -> pkcs8(new PKCS8EncodedKeySpec(der));
                case "ENCRYPTED PRIVATE KEY" -> pkcs8(decrypted(der, setting, password));
                case "RSA PRIVATE KEY" -> key("RSA", sequence(VERSION_0, RSA, tagged(OCTET_STRING, der)));
                case "EC PRIVATE KEY" ->
                    key("EC", sequence(VERSION_0, sequence(EC, curve(der)), tagged(OCTET_STRING, der)));
                default -> throw failure("its " + block.label() + " is of a kind that Java does not read");
            };
        } catch (GeneralSecurityException | IllegalArgumentException | BufferUnderflowException broken) {
            throw failure("the key in it cannot be read", broken);
        }
    }

    private PKCS8EncodedKeySpec decrypted(byte[] encrypted, String setting, Optional<String> password)
            throws IOException {
        if (password.isEmpty()) {
            throw failure("the key is encrypted and " + setting + " is not set");
        }
        PBEKeySpec typed = new PBEKeySpec(password.get().toCharArray());
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
            throw failure("the key cannot be decrypted: is " + setting + " right?", refused);
        } finally {
            typed.clearPassword();
        }
    }

    /**
     * Reads a PKCS#8 key. Java must be told the algorithm, though the key names it: each algorithm's reader refuses
     * the keys of the others.
     */
    private PrivateKey pkcs8(PKCS8EncodedKeySpec spec) throws IOException {
        GeneralSecurityException last = new GeneralSecurityException("no algorithm");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException another) {
                last = another;
            }
        }
        throw failure("the key is neither RSA, EC nor EdDSA", last);
    }

    private static PrivateKey key(String algorithm, byte[] der) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private byte[] bytes(Block block) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(block.text());
        } catch (IllegalArgumentException broken) {
            throw failure("the PEM block " + block.label() + " is broken", broken);
        }
    }

    private IOException failure(String why) {
        return new IOException(file + ": " + why);
    }

    private IOException failure(String why, Throwable cause) {
        return new IOException(file + ": " + why, cause);
    }

    /** Returns the curve's object identifier from the field tagged {@link #CURVE} of an ECPrivateKey. */
    private static byte[] curve(byte[] der) {
        ByteBuffer outer = ByteBuffer.wrap(der);
        ByteBuffer fields = ByteBuffer.wrap(content(outer));
        while (fields.hasRemaining()) {
            int tag = fields.get(fields.position()) & 0xff;
            byte[] field = content(fields);
            if (tag == CURVE) {
                return field;
            }
        }
        throw new IllegalArgumentException("no curve");
    }

    /** Returns the content of the next DER element, after its tag and its length. */
    private static byte[] content(ByteBuffer in) {
        in.get();
        int length = in.get() & 0xff;
        if (length >= 0x80) {
            int bytes = length - 0x80;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << 8) | (in.get() & 0xff);
            }
        }
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("cut off");
        }
        byte[] content = new byte[length];
        in.get(content);
        return content;
    }

    private static byte[] sequence(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return tagged(SEQUENCE, all.array());
    }

    /** Makes a DER element; lengths up to 65535 are enough for any key. */
    private static byte[] tagged(int tag, byte[] content) {
        ByteBuffer element = ByteBuffer.allocate(4 + content.length).put((byte) tag);
        if (content.length < 0x80) {
            element.put((byte) content.length);
        } else if (content.length < 0x100) {
            element.put((byte) 0x81).put((byte) content.length);
        } else {
            element.put((byte) 0x82).putShort((short) content.length);
        }
        element.put(content);
        byte[] exact = new byte[element.position()];
        element.flip().get(exact);
        return exact;
    }
}
