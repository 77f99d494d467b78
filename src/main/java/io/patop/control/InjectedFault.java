package io.patop.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The faults that take more than one of Docker's own verbs, and those of the DCS and of the proxy. */
public enum InjectedFault {
    /** No packet gets in or out. */
    PARTITION("partition", On.MEMBER, "cut %s off from everything", "cut off from everything"),
    /** Only the way to the DCS is cut. */
    PARTITION_DCS("partition-dcs", On.MEMBER, "cut %s off from the DCS", "cut off from the DCS"),
    /** Only the ways to the other members are cut. */
    PARTITION_MEMBERS(
            "partition-members", On.MEMBER, "cut %s off from the other members", "cut off from the other members"),
    /** Packets are lost at random. */
    LOSS("loss", On.MEMBER, "lose 30 %% of the packets to %s", "losing 30 % of its packets"),
    /** The network is narrow. */
    BANDWIDTH("bandwidth", On.MEMBER, "let %s send 256 kbit/s at most", "sending 256 kbit/s at most"),
    /** The network is slow. */
    DELAY("delay", On.MEMBER, "delay what %s sends by 200 ms, 50 ms more or less", "sending 200 ms later"),
    /** PostgreSQL's postmaster is stopped by SIGSTOP: no new sessions. */
    POSTGRES_HANG("postgres-hang", On.MEMBER, "stop the postmaster of %s by SIGSTOP", "without a postmaster that acts"),
    /** PostgreSQL alone is killed. */
    POSTGRES_KILL("postgres-kill", On.MEMBER, "kill PostgreSQL alone on %s", "without its PostgreSQL"),
    /** All connections are taken. */
    CONNECTIONS("connections", On.MEMBER, "take all connections of PostgreSQL on %s", "out of connections"),
    /** Patroni alone is stopped by SIGSTOP, and PostgreSQL goes on. */
    PATRONI_HANG("patroni-hang", On.MEMBER, "stop Patroni alone on %s by SIGSTOP", "without a Patroni that acts"),
    /** Patroni alone is killed, and PostgreSQL goes on. */
    PATRONI_KILL("patroni-kill", On.MEMBER, "kill Patroni alone on %s", "without its Patroni"),
    /** The data volume is full. */
    DISK_FULL("disk-full", On.MEMBER, "fill the data volume of %s", "out of disk space"),
    /** The disk is slow. */
    DISK_SLOW("disk-slow", On.MEMBER, "slow down the disk of %s, so that it lags", "on a slow disk"),
    /** The container's memory limit is just above what it uses. */
    MEMORY("memory", On.MEMBER, "lower the memory limit of %s to just above what it uses", "short of memory"),
    /** The DCS, or one of its members, is stopped. */
    DCS_STOP("dcs-stop", On.DCS, "stop the DCS, %s", "without its DCS"),
    /** The DCS, or one of its members, accepts connections and never answers. */
    DCS_FREEZE("dcs-freeze", On.DCS, "freeze the DCS, %s", "with a frozen DCS"),
    /** The DCS answers late. */
    DCS_SLOW("dcs-slow", On.DCS, "let the DCS, %s, send 16 kbit/s at most", "with a slow DCS"),
    /** The proxy is stopped. */
    PROXY_STOP("proxy-stop", On.PROXY, "stop the proxy, %s", "without its proxy"),
    /** The proxy accepts connections and never answers. */
    PROXY_FREEZE("proxy-freeze", On.PROXY, "freeze the proxy, %s", "with a frozen proxy");

    /** What is hit. */
    public enum On {
        MEMBER,
        DCS,
        PROXY
    }

    private final String word;
    private final On on;
    private final String sentence;
    private final String done;

    InjectedFault(String word, On on, String sentence, String done) {
        this.word = word;
        this.on = on;
        this.sentence = sentence;
        this.done = done;
    }

    /** The fault of that name. */
    public static Optional<InjectedFault> named(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(fault -> fault.word.equals(wanted))
                .findFirst();
    }

    /** The name on the command line. */
    public String word() {
        return word;
    }

    /** What is hit. */
    public On on() {
        return on;
    }

    /** Whether it leaves something that must be undone. */
    public boolean lasts() {
        return this != POSTGRES_KILL && this != PATRONI_KILL;
    }

    /** What will be done, as the rest of "patop will …". */
    public String text(String target) {
        return String.format(sentence, target);
    }

    /** What will be done to one of several: of the members of a DCS the others go on. */
    public String textOfOne(String target) {
        return String.format(sentence.replace("the DCS", "a member of the DCS"), target);
    }

    /** What will be done where it is not known yet to whom: {@code cut it off from the DCS}, {@code stop the DCS}. */
    public String text() {
        return on == On.MEMBER ? text("it") : sentence.replaceFirst(", %s,?", "");
    }

    /** The participle in a sentence: the leader is {@code cut off from the DCS}. */
    public String done() {
        return done;
    }
}
