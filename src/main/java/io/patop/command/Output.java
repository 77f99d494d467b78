package io.patop.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output for text: UTF-8 as patronictl writes it, whole pieces at a time. */
final class Output {

    private Output() {}

    /** All of a piece is on its way when it has been printed; {@link PrintStream#checkError} tells of a closed pipe. */
    static PrintStream utf8() {
        return new PrintStream(System.out, false, StandardCharsets.UTF_8);
    }
}
