package io.patop.command.shell;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Explains why a file cannot be used, since Java's message is often only the file's name. */
public final class FileTrouble {

    private FileTrouble() {}

    public static String text(IOException thrown) {
        if (!(thrown instanceof FileSystemException file)) {
            return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        }
        return file.getFile() + ": " + reason(file);
    }

    private static String reason(FileSystemException file) {
        if (file instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (file instanceof AccessDeniedException) {
            return "permission denied";
        }
        return file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
    }
}
