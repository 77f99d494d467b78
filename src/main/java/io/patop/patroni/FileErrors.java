package io.patop.patroni;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Explains why a file cannot be read, since the JDK's message is only its path. */
final class FileErrors {

    private FileErrors() {}

    static String why(IOException thrown) {
        if (thrown instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (thrown instanceof AccessDeniedException) {
            return "permission denied";
        }
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }
}
