package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.docker.ContainerAccess;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes all connections of PostgreSQL, those of superusers too, by one process in the member's container: Python with
 * psycopg is there wherever Patroni is.
 *
 * @param access by which that process starts and ends
 */
record ConnectionsFault(ContainerAccess access) implements ContainerFault {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Ends the process by its mark. */
    private static final String END = "for p in /proc/[0-9]*; do read -r name < $p/comm || continue;"
            + " case $name in python*) ;; *) continue ;; esac;"
            + " case $(tr '\\0' ' ' < $p/cmdline) in *patop-fault*) kill -KILL ${p#/proc/} ;; esac;"
            + " done 2> /dev/null; exit 0";

    private static final String CONNECT = "import sys,time\n"
            + "try:\n import psycopg2 as d\nexcept ImportError:\n import psycopg as d\n"
            + "def c(): return d.connect(host=sys.argv[2],port=sys.argv[3],dbname='postgres',"
            + "application_name='patop fault',connect_timeout=5)\n";

    private static final String HOLD =
            "held=[]\nwhile True:\n try:\n  held.append(c())\n except Exception:\n  time.sleep(0.5)\n";

    /** Prints where the postmaster listens: the folder of its socket, and its port. */
    private static final String WHERE = Scripts.POSTMASTER
            + "data=$(readlink /proc/$pid/cwd); port=$(sed -n 4p $data/postmaster.pid);"
            + " socket=$(sed -n 5p $data/postmaster.pid); ";

    @Override
    public Answer<Map<String, String>> before(Action.Inject.Place place) {
        String script = WHERE + "exec python3 -c \"$0\" test $socket $port";
        return access.exec(
                        place.containerId(),
                        Optional.empty(),
                        List.of("sh", "-c", script, CONNECT + "c().close()\n"),
                        LONGEST)
                .map(said -> Map.of());
    }

    @Override
    public Answer<String> cause(Action.Inject.Place place, Map<String, String> before) {
        String script = WHERE + "exec python3 -c \"$0\" patop-fault $socket $port";
        return access.start(place.containerId(), Optional.empty(), List.of("sh", "-c", script, CONNECT + HOLD))
                .map(begun -> "");
    }

    @Override
    public Answer<String> undo(String containerId, Map<String, String> before) {
        return access.exec(containerId, Optional.empty(), List.of("sh", "-c", END), LONGEST)
                .map(said -> "");
    }
}
