package io.patop.control.fault;

/** The beginnings of shell scripts that run in a member's container. They use nothing but a shell and {@code /proc}. */
final class Scripts {

    /** Finds PostgreSQL's postmaster: the process {@code postgres} whose parent is none. */
    static final String POSTMASTER = "pid=; for p in /proc/[0-9]*; do"
            + " read -r name < $p/comm || continue; [ \"$name\" = postgres ] || continue;"
            + " read -r a b c parent rest < $p/stat || continue;"
            + " read -r name < /proc/$parent/comm || name=; [ \"$name\" = postgres ] || { pid=${p#/proc/}; break; };"
            + " done 2> /dev/null; [ -n \"$pid\" ] || { echo 'PostgreSQL does not run in there'; exit 3; }; ";

    /**
     * Finds Patroni: of the Python processes of that name the one that has no child among them. As a container's first
     * process Patroni only looks after a child, which does the work; from Python 3.14 on a server of forks, which has
     * the same name, stands between them. {@code $first} is set if the first process is one of them.
     */
    static final String PATRONI = "pid=; first=; all=; parents=' '; for p in /proc/[0-9]*; do"
            + " line=$(tr '\\0' ' ' < $p/cmdline) || continue;"
            + " case $line in *python*patroni*) ;; *) continue ;; esac;"
            + " case $line in *'sh -c'*|*patop-fault*|*patronictl*) continue ;; esac;"
            + " n=${p#/proc/}; read -r a b c up rest < $p/stat || continue;"
            + " [ $n != 1 ] || first=1; all=\"$all $n:$up\"; parents=\"$parents$up \";"
            + " done 2> /dev/null;"
            + " for n in $all; do case $parents in *\" ${n%:*} \"*) continue ;; esac;"
            + " [ -z \"$pid\" ] || [ ${n%:*} -lt $pid ] || continue; pid=${n%:*};"
            + " done; [ -n \"$pid\" ] || { echo 'Patroni does not run in there'; exit 3; }; ";

    private Scripts() {}
}
