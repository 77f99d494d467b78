package io.patop.sim.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The types that the stand-in for PostgreSQL knows, with their OIDs and their text and binary forms on the wire.
 * Values are Java's Long, Boolean, Instant and String.
 */
enum SqlType {
    BOOL(16, 1, Boolean.class),
    INT8(20, 8, Long.class),
    INT4(23, 4, Long.class),
    TEXT(25, -1, String.class),
    INET(869, -1, String.class),
    TIMESTAMPTZ(1184, 8, Instant.class);

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSx");

    final int oid;
    final int size;
    private final Class<?> values;

    SqlType(int oid, int size, Class<?> values) {
        this.oid = oid;
        this.size = size;
        this.values = values;
    }

    static SqlType ofOid(int oid) {
        return switch (oid) {
            case 16 -> BOOL;
            case 20 -> INT8;
            case 21, 23 -> INT4;
            case 1114, 1184 -> TIMESTAMPTZ;
            default -> TEXT;
        };
    }

    /** Converts a value to this type. */
    Object cast(Object value) throws SqlFailure {
        return values.isInstance(value) ? value : parse(text(value));
    }

    /** Returns a value's text form, as PostgreSQL prints it. */
    static String text(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "t" : "f";
        }
        if (value instanceof Instant time) {
            String text = TIME.format(time.atOffset(ZoneOffset.UTC));
            return text.replaceFirst("\\.?0*\\+00$", "+00").replaceFirst(":(\\d)\\+00$", ":$10+00");
        }
        return value.toString();
    }

    private Object parse(String text) throws SqlFailure {
        String stripped = text.strip();
        try {
            return switch (this) {
                case BOOL ->
                    stripped.toLowerCase(Locale.ROOT).startsWith("t")
                            || stripped.equals("1")
                            || stripped.equalsIgnoreCase("on");
                case INT4, INT8 -> Long.parseLong(stripped);
                case TIMESTAMPTZ -> time(stripped);
                default -> text;
            };
        } catch (RuntimeException unreadable) {
            throw new SqlFailure(
                    "22P02", "invalid input syntax for type " + name().toLowerCase(Locale.ROOT) + ": \"" + text + "\"");
        }
    }

    private static Instant time(String text) {
        String iso = text.replaceFirst(" (?=\\d\\d:)", "T").replace(" ", "");
        if (iso.matches(".*[+-]\\d\\d$")) {
            iso += ":00";
        } else if (!iso.matches(".*([+-]\\d\\d:\\d\\d|Z)$")) {
            iso += "Z";
        }
        return OffsetDateTime.parse(iso).toInstant();
    }

    /** Encodes a value for the wire, in binary or as text. */
    byte[] encode(Object value, boolean binary) {
        if (!binary || size < 0) {
            return text(value).getBytes(StandardCharsets.UTF_8);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        switch (this) {
            case BOOL -> bytes.put((byte) (Boolean.TRUE.equals(value) ? 1 : 0));
            case INT4 -> bytes.putInt(((Number) value).intValue());
            case INT8 -> bytes.putLong(((Number) value).longValue());
            default -> bytes.putLong(ChronoUnit.MICROS.between(EPOCH, (Instant) value));
        }
        return bytes.array();
    }

    /** Decodes a parameter from the wire. */
    Object decode(byte[] bytes, boolean binary) throws SqlFailure {
        if (!binary) {
            return cast(new String(bytes, StandardCharsets.UTF_8));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return switch (this) {
            case BOOL -> bytes.length > 0 && bytes[0] != 0;
            case INT4, INT8 ->
                switch (bytes.length) {
                    case 2 -> (long) buffer.getShort();
                    case 4 -> (long) buffer.getInt();
                    default -> buffer.getLong();
                };
            case TIMESTAMPTZ -> EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
            default -> new String(bytes, StandardCharsets.UTF_8);
        };
    }
}
