package io.patop.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output for text: UTF-8 as patronictl writes it, whole pieces at a time. */
final class Output {

    private Output() {}

    /** Buffered; {@link PrintStream#checkError} sends it off and tells of a closed pipe. */
    static PrintStream utf8() {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 14),
                false,
                StandardCharsets.UTF_8);
    }
}
