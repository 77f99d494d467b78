package io.patop.docker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads private keys from PEM files. Java reads PKCS#8 only; the older forms that {@code openssl} writes, PKCS#1 for
 * RSA and SEC 1 for elliptic curves, are put into the PKCS#8 envelope (RFC 5208, RFC 5915).
 */
final class PemKeys {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END [A-Z ]*PRIVATE KEY-----");

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    /** AlgorithmIdentifier of rsaEncryption. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** The object identifier of id-ecPublicKey; the curve's follows it in the AlgorithmIdentifier. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    /** Tag of the field that holds the curve in SEC 1. */
    private static final int CURVE = 0xa0;

    private PemKeys() {}

    /**
     * Returns the first private key of a file.
     *
     * @throws IOException with one line, if there is no key that can be used without a password
     */
    static PrivateKey read(Path file) throws IOException {
        String pem = Files.readString(file, StandardCharsets.ISO_8859_1);
        Matcher key = KEY.matcher(pem);
        if (!key.find() || key.group(2).contains(":")) {
            throw unusable(file);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(key.group(2));
            return switch (key.group(1).strip()) {
                case "" -> pkcs8(der);
                case "RSA" -> key("RSA", sequence(VERSION_0, RSA, tagged(OCTET_STRING, der)));
                case "EC" -> key("EC", sequence(VERSION_0, sequence(EC, curve(der)), tagged(OCTET_STRING, der)));
                default -> throw unusable(file);
            };
        } catch (GeneralSecurityException | IllegalArgumentException | java.nio.BufferUnderflowException broken) {
            throw unusable(file);
        }
    }

    /**
     * Reads a PKCS#8 key. Java must be told the algorithm, though the key names it: each algorithm's reader refuses
     * the keys of the others.
     */
    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("no algorithm");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return key(algorithm, der);
            } catch (GeneralSecurityException another) {
                last = another;
            }
        }
        throw last;
    }

    private static PrivateKey key(String algorithm, byte[] der) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static IOException unusable(Path file) {
        return new IOException(file + " is not a private key without a password that Java can read;"
                + " convert it with: openssl pkcs8 -topk8 -nocrypt");
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
