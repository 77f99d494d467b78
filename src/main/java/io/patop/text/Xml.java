package io.patop.text;

/** Text from outside, made fit for XML. */
public final class Xml {

    private Xml() {}

    /** For text and for attributes in double quotes: without control characters, and with nothing of markup. */
    public static String escaped(String text) {
        return Printable.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
