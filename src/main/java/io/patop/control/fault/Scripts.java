package io.patop.control.fault;

/** The beginnings of shell scripts that run in a member's container. They use nothing but a shell and {@code /proc}. */
final class Scripts {

    /** Finds PostgreSQL's postmaster: the process {@code postgres} whose parent is none. */
    static final String POSTMASTER = "pid=; for p in /proc/[0-9]*; do"
            + " read -r name < $p/comm || continue; [ \"$name\" = postgres ] || continue;"
            + " read -r a b c parent rest < $p/stat || continue;"
            + " read -r name < /proc/$parent/comm || name=; [ \"$name\" = postgres ] || { pid=${p#/proc/}; break; };"
            + " done 2> /dev/null; [ -n \"$pid\" ] || { echo 'PostgreSQL does not run in there'; exit 3; }; ";

    /** Finds Patroni: the Python process of that name, of two of them the child. */
    static final String PATRONI = "pid=; parent=; for p in /proc/[0-9]*; do"
            + " line=$(tr '\\0' ' ' < $p/cmdline) || continue;"
            + " case $line in *python*patroni*) ;; *) continue ;; esac;"
            + " case $line in *'sh -c'*|*patop-fault*) continue ;; esac;"
            + " n=${p#/proc/}; [ -z \"$pid\" ] || [ $pid = 1 ] || { [ $n != 1 ] && [ $n -lt $pid ]; } || continue;"
            + " pid=$n; read -r a b c parent rest < $p/stat;"
            + " done 2> /dev/null; [ -n \"$pid\" ] || { echo 'Patroni does not run in there'; exit 3; }; ";

    private Scripts() {}
}
