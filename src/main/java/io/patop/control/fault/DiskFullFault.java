package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.docker.ContainerAccess;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills the volume that PostgreSQL's data are on by one file, which is removed again. Refuses where the volume is not a
 * file system of its own: the host's disk would be full, and everything on it stand still.
 *
 * @param access by which the file is made and removed
 */
record DiskFullFault(ContainerAccess access) implements ContainerFault {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String NAME = "/patop-filled-disk";

    /** /etc/hosts of a container is a file of Docker's, on Docker's own disk. */
    private static final String CHECK = Scripts.POSTMASTER
            + "data=$(readlink /proc/$pid/cwd); [ $(stat -c %d $data) != $(stat -c %d /etc/hosts) ] ||"
            + " { echo 'its data are on the same disk as all of Docker: filling that would stop everything on the"
            + " host'; exit 4; };"
            + " [ $(df --output=avail -k $data | tail -n 1) -lt 10485760 ] ||"
            + " { echo 'its data volume has more than 10 GiB left'; exit 4; };"
            + " df --output=target $data | tail -n 1";

    @Override
    public Answer<Map<String, String>> before(Action.Inject.Place place) {
        Answer<String> said = run(place.containerId(), CHECK);
        if (said.value().filter(folder -> !isOurs(folder.strip() + NAME)).isPresent()) {
            return new Answer.Missing<>(
                    new Failure(Failure.Kind.REJECTED, "its data volume's path has signs that patop does not take"),
                    said.took());
        }
        return said.map(folder -> Map.of("file", folder.strip() + NAME));
    }

    private static boolean isOurs(String file) {
        return file.matches("/[A-Za-z0-9_./-]*" + NAME) && !file.contains("/../");
    }

    @Override
    public Answer<String> cause(Action.Inject.Place place, Map<String, String> before) {
        String file = before.get("file");
        return run(
                        place.containerId(),
                        // One open file: if it is removed meanwhile, its space is free again when the script ends.
                        "f='" + file + "'; exec 3>> $f;"
                                + " fallocate -l $(df --output=avail -k ${f%/*} | tail -n 1 | tr -d ' ')k $f"
                                + " || dd if=/dev/zero bs=1M 2> /dev/null >&3;"
                                + " dd if=/dev/zero bs=4k 2> /dev/null >&3; [ -s $f ]")
                .map(said -> "");
    }

    @Override
    public Answer<String> undo(String containerId, Map<String, String> before) {
        String file = before.getOrDefault("file", "");
        if (!isOurs(file)) {
            return new Answer.Missing<>(
                    new Failure(Failure.Kind.REJECTED, "the journal names no file of patop's: " + file), Duration.ZERO);
        }
        return run(containerId, "rm -f '" + file + "'").map(said -> "");
    }

    private Answer<String> run(String containerId, String script) {
        return access.exec(containerId, Optional.empty(), List.of("sh", "-c", script), LONGEST);
    }
}
