package io.patop.sim.core;

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
 * Values are Java's Long, Double, Boolean, Instant and String.
 */
public enum SqlType {
    BOOL(16, 1),
    INT8(20, 8),
    INT4(23, 4),
    TEXT(25, -1),
    FLOAT8(701, 8),
    INET(869, -1),
    TIMESTAMPTZ(1184, 8),
    UUID(2950, -1),
    LSN(3220, -1);

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSx");

    public final int oid;
    public final int size;

    SqlType(int oid, int size) {
        this.oid = oid;
        this.size = size;
    }

    public static SqlType ofOid(int oid) {
        return switch (oid) {
            case 16 -> BOOL;
            case 20 -> INT8;
            case 21, 23 -> INT4;
            case 700, 701, 1700 -> FLOAT8;
            case 1114, 1184 -> TIMESTAMPTZ;
            case 2950 -> UUID;
            default -> TEXT;
        };
    }

    /** Returns the type of a name as SQL writes it; every unknown one is text here. */
    public static SqlType ofName(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "bool", "boolean" -> BOOL;
            case "bigint", "int8", "bigserial", "serial8" -> INT8;
            case "int", "integer", "int4", "serial", "smallint", "int2" -> INT4;
            case "float8", "double", "real", "float4", "numeric" -> FLOAT8;
            case "timestamptz", "timestamp" -> TIMESTAMPTZ;
            case "inet" -> INET;
            case "uuid" -> UUID;
            case "pg_lsn" -> LSN;
            default -> TEXT;
        };
    }

    public static SqlType of(Object value) {
        if (value instanceof Boolean) {
            return BOOL;
        }
        if (value instanceof Long number) {
            return number == number.intValue() ? INT4 : INT8;
        }
        if (value instanceof Double) {
            return FLOAT8;
        }
        return value instanceof Instant ? TIMESTAMPTZ : TEXT;
    }

    /** Converts a value to this type. */
    public Object cast(Object value) throws SqlFailure {
        if (this == TEXT || this == INET || this == UUID || this == LSN) {
            return text(value);
        }
        return value instanceof String text ? parse(text) : number(value);
    }

    private Object number(Object value) {
        if (value instanceof Number number && (this == INT4 || this == INT8)) {
            return number.longValue();
        }
        return value instanceof Number number && this == FLOAT8 ? (Object) number.doubleValue() : value;
    }

    /** Returns a value's text form, as PostgreSQL prints it. */
    public static String text(Object value) {
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
                case FLOAT8 -> Double.parseDouble(stripped);
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
    public byte[] encode(Object value, boolean binary) {
        if (!binary || size < 0) {
            return text(value).getBytes(StandardCharsets.UTF_8);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        switch (this) {
            case BOOL -> bytes.put((byte) (Boolean.TRUE.equals(value) ? 1 : 0));
            case INT4 -> bytes.putInt(((Number) value).intValue());
            case INT8 -> bytes.putLong(((Number) value).longValue());
            case FLOAT8 -> bytes.putDouble(((Number) value).doubleValue());
            default -> bytes.putLong(ChronoUnit.MICROS.between(EPOCH, (Instant) value));
        }
        return bytes.array();
    }

    /** Decodes a parameter from the wire. */
    public Object decode(byte[] bytes, boolean binary) throws SqlFailure {
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
            case FLOAT8 -> bytes.length == 4 ? (double) buffer.getFloat() : buffer.getDouble();
            case TIMESTAMPTZ -> EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
            case UUID -> new java.util.UUID(buffer.getLong(), buffer.getLong()).toString();
            default -> new String(bytes, StandardCharsets.UTF_8);
        };
    }
}
