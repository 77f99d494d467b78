package io.patop.control.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * OpenSSH's own server on a free port of this machine, run by the tests' user with keys and a folder of its own, and a
 * program {@code ssh} that knows the way there: the true one, with a configuration of its own.
 */
public final class RealSshd implements AutoCloseable {

    private static final Path SERVER = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final Process process;

    private RealSshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Whether this machine has a server and a client. */
    public static boolean isHere() {
        return Files.isExecutable(SERVER) && Files.isExecutable(Path.of("/usr/bin/ssh"));
    }

    /**
     * Starts a server.
     *
     * @param folder its own, empty
     * @param programs the folder that comes first on the PATH of those who log in
     */
    public static RealSshd start(Path folder, Path programs) throws IOException, InterruptedException {
        Path keys = Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        makeKey(keys.resolve("host"));
        makeKey(keys.resolve("user"));
        Files.copy(keys.resolve("user.pub"), keys.resolve("authorized"));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        int port = freePort();
        Files.writeString(
                keys.resolve("sshd.conf"),
                """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s/host
                AuthorizedKeysFile %s/authorized
                PidFile none
                UsePAM no
                StrictModes no
                PermitRootLogin yes
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                SetEnv PATH=%s:/usr/bin:/bin
                """
                        .formatted(port, keys, keys, programs));
        Process process = new ProcessBuilder(
                        SERVER.toString(),
                        "-D",
                        "-e",
                        "-f",
                        keys.resolve("sshd.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(keys.resolve("log").toFile())
                .start();
        RealSshd server = new RealSshd(keys, port, process);
        server.awaitListening();
        String hostKey = Files.readString(keys.resolve("host.pub"));
        Files.writeString(keys.resolve("known"), "[127.0.0.1]:" + port + " " + hostKey);
        return server;
    }

    /** Makes the program {@code ssh} in that folder: the true one, that knows this server, its port and the key. */
    public void makeClient(Path programs) throws IOException {
        Path configuration = Files.writeString(
                folder.resolve("ssh.conf"),
                """
                Port %d
                IdentityFile %s/user
                IdentitiesOnly yes
                UserKnownHostsFile %s/known
                GlobalKnownHostsFile none
                """
                        .formatted(port, folder, folder));
        Path client = Files.writeString(
                programs.resolve("ssh"), "#!/bin/sh\nexec /usr/bin/ssh -F " + configuration + " \"$@\"\n");
        Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Takes the user's key away, so that the server would ask for a password if it could. */
    public void forgetUser() throws IOException {
        Files.writeString(folder.resolve("authorized"), "");
    }

    /** Makes the client forget the server. */
    public void forgetHost() throws IOException {
        Files.writeString(folder.resolve("known"), "");
    }

    private void awaitListening() throws IOException, InterruptedException {
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException("sshd ended: " + Files.readString(folder.resolve("log")), notYet);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static void makeKey(Path file) throws IOException, InterruptedException {
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(List.of(command)).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(command[0] + " failed: " + code);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(hurried));
        }
    }
}
