package io.patop.control.journal;

import io.patop.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A journal of a file for each entry, in a folder that only its owner can read. A file is written whole under another
 * name, forced to the disk and then renamed, so that a reader sees all of it or nothing. A file that is damaged,
 * too large or somebody else's says so and hides no other.
 */
public final class JournalFiles implements Journal {

    private static final String END = ".json";
    private static final int MOST_BYTES = 16 << 10;
    private static final int MOST_FILES = 1000;
    private static final FileAttribute<?> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** How this process's own locks begin; opening one of them once more and closing it would end the lock. */
    private static final String OWN = "owner-" + ProcessHandle.current().pid() + "-";

    private static final Pattern LOCK = Pattern.compile("owner-\\d{1,10}-[0-9a-f-]{36}\\.lock");

    private final Path folder;
    private Optional<EntryOwner> owner = Optional.empty();
    private Optional<FileChannel> lock = Optional.empty();

    /**
     * A journal in that folder, which is made by the first entry.
     *
     * @param folder its own; nothing else is in it
     */
    public JournalFiles(Path folder) {
        this.folder = folder;
    }

    /** The journal of a person, at the place that the XDG Base Directory Specification gives it. */
    public static JournalFiles of(Map<String, String> environment, Path home) {
        Path state = Optional.ofNullable(environment.get("XDG_STATE_HOME"))
                .filter(text -> text.startsWith("/"))
                .map(Path::of)
                .orElse(home.resolve(".local/state"));
        return new JournalFiles(state.resolve("patop/broken"));
    }

    /** Where its files are. */
    public Path folder() {
        return folder;
    }

    @Override
    public void write(JournalEntry entry) throws IOException {
        byte[] text = JournalJson.text(entry).getBytes(StandardCharsets.UTF_8);
        // What could not be read again must not be broken.
        requireReadable(text);
        Files.createDirectories(folder.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, FOLDER_MODE);
        }
        holdLock();
        Path draft =
                folder.resolve("." + entry.id() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(draft);
        try {
            try (FileChannel file = FileChannel.open(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE_MODE)) {
                ByteBuffer left = ByteBuffer.wrap(text);
                while (left.hasRemaining()) {
                    int unused = file.write(left);
                }
                file.force(true);
            }
            Files.move(draft, folder.resolve(entry.id() + END), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        forceFolder();
    }

    private static void requireReadable(byte[] text) throws IOException {
        JournalEntry unused = JournalJson.entry(new String(text, StandardCharsets.UTF_8));
    }

    /**
     * Holds the lock of this process, until that ends. Whoever can lock the file knows that its process has ended. The
     * file must not be opened here once more: closing it would end the lock.
     */
    private synchronized void holdLock() throws IOException {
        if (lock.isPresent()) {
            return;
        }
        dropOldLocks();
        FileChannel file = FileChannel.open(
                folder.resolve(owner().lock()),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                FILE_MODE);
        if (file.tryLock() == null) {
            file.close();
            Files.deleteIfExists(folder.resolve(owner().lock()));
            throw new IOException("its lock is held by somebody else");
        }
        lock = Optional.of(file);
    }

    /** Removes the locks of processes that have ended and left nothing broken. */
    private void dropOldLocks() throws IOException {
        Set<String> used = entries().stream().map(entry -> entry.owner().lock()).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.limit(MOST_FILES).toList()) {
                String name = file.getFileName().toString();
                if (LOCK.matcher(name).matches() && !name.startsWith(OWN) && !used.contains(name) && !isHeld(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isHeld(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (OverlappingFileLockException own) {
            return true;
        }
    }

    @Override
    public synchronized EntryOwner owner() {
        // Made when it is needed: most starts of patop find no entry and write none.
        if (owner.isEmpty()) {
            owner = Optional.of(EntryOwner.here(OWN + UUID.randomUUID() + ".lock"));
        }
        return owner.get();
    }

    @Override
    public EntryOwner.State state(JournalEntry entry) {
        EntryOwner other = entry.owner();
        if (other.isThisProcess()) {
            return EntryOwner.State.RUNNING;
        }
        Path file = folder.resolve(LOCK.matcher(other.lock()).matches() ? other.lock() : ".no-lock");
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? isHeld(file) ? EntryOwner.State.RUNNING : EntryOwner.State.ENDED
                    : other.byProcess();
        } catch (IOException unknown) {
            return other.byProcess();
        }
    }

    @Override
    public void remove(String id) {
        if (!JournalEntry.isName(id)) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve(id + END));
            forceFolder();
        } catch (IOException kept) {
            // The next start tells of it once more, and its repair does no harm a second time.
        }
    }

    @Override
    public List<JournalEntry> entries() {
        return read(new ArrayList<>()).stream()
                .sorted(Comparator.comparing(JournalEntry::at).thenComparing(entry -> entry.id()))
                .toList();
    }

    @Override
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        List<JournalEntry> unused = read(troubles);
        return troubles;
    }

    private List<JournalEntry> read(List<String> troubles) {
        List<JournalEntry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().endsWith(END))
                    .limit(MOST_FILES)
                    .sorted()
                    .forEach(file -> read(file, entries, troubles));
        } catch (NoSuchFileException | NotDirectoryException none) {
            return entries;
        } catch (IOException unreadable) {
            troubles.add(Printable.line("journal " + folder + " cannot be read: " + reason(unreadable)));
        }
        return entries;
    }

    private static void read(Path file, List<JournalEntry> entries, List<String> troubles) {
        String name = file.getFileName().toString();
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("it is no plain file");
            }
            JournalEntry entry = JournalJson.entry(bounded(file));
            if (!name.equals(entry.id() + END)) {
                throw new IOException("it has the name of another entry");
            }
            entries.add(entry);
        } catch (NoSuchFileException mended) {
            // Another patop has mended it meanwhile.
        } catch (IOException | IllegalArgumentException damaged) {
            troubles.add(Printable.line("journal file " + file + " is left out: " + reason(damaged)));
        }
    }

    private static String bounded(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Makes a new or removed name survive a lost machine too, where the file system knows how. */
    private void forceFolder() throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (FileSystemException gone) {
            // Some file systems do not open folders; the file itself is on the disk.
        }
    }

    private static String reason(Exception failed) {
        return failed instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : Optional.ofNullable(failed.getMessage())
                        .orElse(failed.getClass().getSimpleName());
    }
}
