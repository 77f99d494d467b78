package io.patop.matrix;

import io.patop.RealCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The built program, that records the cluster in a container as a stranger would run it. */
final class Watcher implements AutoCloseable {

    private static final Duration SOON = Duration.ofMinutes(2);

    private final RealCluster cluster;
    private final String name;
    private final Tail lines;
    private long seen;
    private long writes;

    private Watcher(RealCluster cluster, String name, Path recording) {
        this.cluster = cluster;
        this.name = name;
        this.lines = new Tail(recording);
    }

    /** It goes before what it watches when there is too little CPU: in life it runs on another machine. */
    static Watcher start(RealCluster cluster, Path folder, boolean probe) throws IOException {
        String name = probe ? "with-probe" : "without-probe";
        Watcher watcher = new Watcher(cluster, name, folder.resolve(name + ".jsonl"));
        watcher.shell("docker rm -f " + name + " > /dev/null 2>&1 || true");
        watcher.shell("docker run -d --cpu-shares 8192 --name " + name
                + " --network=patroni_patroni -e PGPASSWORD=patop -v "
                + cluster.socket() + ":/var/run/docker.sock -v " + folder + ":/kept patop record /kept/" + name
                + ".jsonl"
                + (probe ? " --create --rate 20 --dsn 'postgresql://patop@haproxy:5000/patop?sslmode=disable'" : ""));
        return watcher;
    }

    /** How many answers of {@code /cluster} it has had. */
    long seen() throws IOException {
        look();
        return seen;
    }

    /** How many times its probe has told of writes. */
    long writes() throws IOException {
        look();
        return writes;
    }

    private void look() throws IOException {
        for (String line : lines.more()) {
            seen += line.startsWith("{\"is\":\"ClusterAnswered\"") ? 1 : 0;
            writes += line.startsWith("{\"is\":\"ProbeWrote\"") ? 1 : 0;
        }
    }

    /** As by Ctrl-C. */
    @Override
    public void close() throws IOException {
        shell("docker kill -s INT " + name + "; docker wait " + name + "; docker logs " + name + "; docker rm -f "
                + name);
    }

    private void shell(String command) throws IOException {
        cluster.inside(SOON, "sh", "-c", command);
    }
}
