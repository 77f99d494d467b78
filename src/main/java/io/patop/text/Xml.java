package io.patop.text;

/** Makes text from outside safe for XML. */
public final class Xml {

    private Xml() {}

    /**
     * The text for an element or for an attribute in double quotes, without control characters and with all markup
     * escaped.
     */
    public static String escaped(String text) {
        return Printable.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
