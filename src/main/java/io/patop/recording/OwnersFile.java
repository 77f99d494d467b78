package io.patop.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that only its owner can read, since recordings and films hold addresses and settings. */
public final class OwnersFile {

    private OwnersFile() {}

    /** Creates the file; fails if it exists. */
    public static OutputStream create(Path path) throws IOException {
        return open(path, StandardOpenOption.CREATE_NEW);
    }

    static OutputStream open(Path path, OpenOption how) throws IOException {
        Set<OpenOption> options = Set.of(how, StandardOpenOption.WRITE);
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.newOutputStream(path, how, StandardOpenOption.WRITE);
        }
        return Channels.newOutputStream(Files.newByteChannel(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }
}
