package io.patop.text;

/** Formats numbers of bytes for people. */
public final class ByteText {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private ByteText() {}

    /**
     * The number as {@code 0 B}, {@code 280 B}, {@code 1.5 MB} or {@code 22 GB}, in powers of 1024 like PostgreSQL's
     * pg_size_pretty.
     */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.5 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        boolean tenths = unit > 0 && value < 9.95;
        long rounded = Math.round(tenths ? value * 10 : value);
        return (tenths ? rounded / 10 + "." + rounded % 10 : Long.toString(rounded)) + " " + UNITS[unit];
    }
}
