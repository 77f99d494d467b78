package io.patop.watch.model;

import io.patop.haproxy.ProxyCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An action that a person asks for, after having been told what it will do. */
public sealed interface Action {

    /**
     * What is done with an action, case by case, in one place that the compiler checks.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        /** For {@link ScaleService}. */
        R scaleService(ScaleService action);

        /** For {@link OnContainer}. */
        R onContainer(OnContainer action);

        /** For {@link OnMember}. */
        R onMember(OnMember action);

        /** For {@link Simulate}. */
        R simulate(Simulate action);

        /** For {@link Inject}. */
        R inject(Inject action);

        /** For {@link Mend}. */
        R mend(Mend action);

        /** For {@link OnPatroni}. */
        R onPatroni(OnPatroni action);

        /** For {@link OnProxy}. */
        R onProxy(OnProxy action);

        /** For {@link StartDrill}. */
        R startDrill(StartDrill action);

        /** For {@link StopDrill}. */
        R stopDrill(StopDrill action);
    }

    /** Does what the cases say for this one. */
    <R> R choose(Cases<R> cases);

    /** What will be done, as the rest of "patop will …", e.g. {@code scale service patroni_patroni1 to 0}. */
    String text();

    /** The member that the action is aimed at; empty if it is aimed at none or at several. */
    Optional<String> member();

    /** All members that it is about. */
    default List<String> members() {
        return member().stream().toList();
    }

    /** What Patroni is asked to do, where it is Patroni that is asked. */
    default Optional<PatroniCommand> patroniCommand() {
        return Optional.empty();
    }

    /** Whether it takes something away from the cluster. */
    boolean breaks();

    /** Whether it puts right what is broken: then that its member is gone is a reason for it, and none against it. */
    boolean mends();

    /** Whether it changes anything at all; what only asks needs no question and works read-only too. */
    default boolean changes() {
        return true;
    }

    /** A shell command that does the same, for when patop cannot; where there is none, what will be done. */
    default String shellCommand() {
        return text();
    }

    /** Whether its beginning and its end are told. */
    default boolean isReported() {
        return changes();
    }

    /**
     * Sets how many tasks a Swarm service runs.
     *
     * @param service its name
     * @param replicas 0 or more
     * @param member that runs in it, where that is known
     */
    record ScaleService(String service, int replicas, Optional<String> member) implements Action {
        public ScaleService {
            if (replicas < 0) {
                throw new IllegalArgumentException("a service has 0 replicas or more, not " + replicas);
            }
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.scaleService(this);
        }

        @Override
        public String text() {
            return "scale service " + service + " to " + replicas;
        }

        @Override
        public boolean breaks() {
            return replicas == 0;
        }

        @Override
        public boolean mends() {
            return replicas > 0;
        }

        @Override
        public String shellCommand() {
            return "docker service scale " + service + "=" + replicas;
        }
    }

    /**
     * Stops, starts, kills, pauses or unpauses one container, of Compose or of a Swarm task.
     *
     * @param verb what is done
     * @param containerId the whole id
     * @param containerName the name for people
     * @param member that runs in it, where that is known
     */
    record OnContainer(Verb verb, String containerId, String containerName, Optional<String> member) implements Action {

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.onContainer(this);
        }

        @Override
        public String text() {
            return verb.text() + " container " + containerName;
        }

        @Override
        public boolean breaks() {
            return verb.breaks();
        }

        @Override
        public boolean mends() {
            return !verb.breaks();
        }

        @Override
        public String shellCommand() {
            return "docker " + verb.docker + " " + containerName;
        }
    }

    /**
     * Stops, starts, kills, freezes or cuts off a member by a program, where Docker does not run it.
     *
     * @param operation what is done
     * @param name the member
     * @param host of the member, as it was known when the action was made
     * @param command the program with its arguments, as a person would type it into a shell
     */
    record OnMember(MemberOperation operation, String name, Optional<String> host, String command) implements Action {

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.onMember(this);
        }

        @Override
        public String text() {
            return operation.text(name);
        }

        @Override
        public Optional<String> member() {
            return Optional.of(name);
        }

        @Override
        public boolean breaks() {
            return operation.breaks();
        }

        @Override
        public boolean mends() {
            return !operation.breaks();
        }

        @Override
        public String shellCommand() {
            return command;
        }
    }

    /**
     * Makes a simulated cluster break or mend something that Docker cannot.
     *
     * @param fault the simulator's own name of it, e.g. {@code partition-dcs}
     * @param member that it is done to; empty for the whole cluster
     * @param text the text of what will be done
     * @param breaks whether something is taken away
     */
    record Simulate(String fault, Optional<String> member, String text, boolean breaks) implements Action {

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.simulate(this);
        }

        @Override
        public boolean mends() {
            return !breaks;
        }
    }

    /**
     * Causes a fault in a container or its network, which takes more than one of Docker's own verbs. It is written to
     * the journal before.
     *
     * @param fault its name, e.g. {@code partition}
     * @param place where it is caused
     * @param member that it is done to; empty for the DCS or a proxy
     * @param text the text of what will be done
     */
    record Inject(String fault, Place place, Optional<String> member, String text) implements Action {

        /**
         * Where a fault is caused.
         *
         * @param containerId the whole id; empty for a service whose tasks run elsewhere
         * @param container the container's or service's name for people
         * @param service the service that is scaled, for faults that scale one
         * @param replicas of that service now
         * @param addresses from which a partition cuts it off
         */
        public record Place(
                String containerId, String container, Optional<String> service, int replicas, List<String> addresses) {
            public Place {
                addresses = List.copyOf(addresses);
            }
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.inject(this);
        }

        @Override
        public boolean breaks() {
            return true;
        }

        @Override
        public boolean mends() {
            return false;
        }

        @Override
        public String shellCommand() {
            return "patop break " + fault + member.map(name -> " " + name).orElse("");
        }
    }

    /**
     * Mends what the journal says is broken.
     *
     * @param entry the journal entry's name
     * @param member that was hit, where it is one
     * @param text the text of what will be done
     */
    record Mend(String entry, Optional<String> member, String text) implements Action {

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.mend(this);
        }

        @Override
        public boolean breaks() {
            return false;
        }

        @Override
        public boolean mends() {
            return true;
        }

        @Override
        public String shellCommand() {
            return "patop mend " + entry;
        }
    }

    /**
     * Makes Patroni do something, through the REST API.
     *
     * @param order what Patroni does
     */
    record OnPatroni(PatroniCommand order) implements Action {

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.onPatroni(this);
        }

        @Override
        public String text() {
            return order.text();
        }

        @Override
        public Optional<String> member() {
            return order.member();
        }

        /** A command to Patroni takes nothing away for longer than Patroni needs to carry it out. */
        @Override
        public boolean breaks() {
            return false;
        }

        @Override
        public List<String> members() {
            return order.members();
        }

        @Override
        public Optional<PatroniCommand> patroniCommand() {
            return Optional.of(order);
        }

        @Override
        public boolean mends() {
            return false;
        }
    }

    /**
     * Runs a command on an HAProxy's stats socket.
     *
     * @param proxy how it is asked, without passwords
     * @param command to run
     * @param text the text of what will be done
     * @param member that it is done to, where that is known
     */
    record OnProxy(String proxy, ProxyCommand command, String text, Optional<String> member) implements Action {

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.onProxy(this);
        }

        /** The member itself goes on, whatever the proxy does to its clients. */
        @Override
        public boolean breaks() {
            return false;
        }

        @Override
        public boolean changes() {
            return command.changes();
        }

        @Override
        public boolean mends() {
            return false;
        }
    }

    /**
     * Starts a failover drill.
     *
     * @param faults by name, one run each
     * @param target by its word: {@code leader}, {@code sync}, {@code each} or a member's name
     * @param repetitions of the whole list
     * @param clients how many clients write beside the probe; 0 for none
     * @param text the text of what will be done
     */
    record StartDrill(List<String> faults, String target, int repetitions, int clients, String text) implements Action {
        public StartDrill {
            faults = List.copyOf(faults);
            if (clients < 0) {
                throw new IllegalArgumentException("a number of clients is 0 or more, not " + clients);
            }
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.startDrill(this);
        }

        @Override
        public Optional<String> member() {
            return Optional.empty();
        }

        @Override
        public boolean breaks() {
            return true;
        }

        @Override
        public boolean mends() {
            return false;
        }

        /** A drill tells by itself how it gets on. */
        @Override
        public boolean isReported() {
            return false;
        }
    }

    /** Stops the running drill, after it has mended what it broke. */
    record StopDrill() implements Action {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.stopDrill(this);
        }

        @Override
        public String text() {
            return "end the drill, and put right what it broke";
        }

        @Override
        public Optional<String> member() {
            return Optional.empty();
        }

        @Override
        public boolean breaks() {
            return false;
        }

        @Override
        public boolean mends() {
            return true;
        }

        /** A drill tells by itself how it gets on. */
        @Override
        public boolean isReported() {
            return false;
        }
    }

    /** The operations on a container. */
    enum Verb {
        /** SIGTERM, then SIGKILL after the container's grace period. */
        STOP("stop", "stop", true),
        /** Start a stopped one. */
        START("start", "start", false),
        /** SIGKILL: the process is gone at once. */
        KILL("kill (SIGKILL)", "kill", true),
        /** Freeze: it accepts connections and never answers. */
        PAUSE("freeze", "pause", true),
        /** Let a frozen one go on. */
        UNPAUSE("thaw", "unpause", false);

        private final String text;
        private final String docker;
        private final boolean breaks;

        Verb(String text, String docker, boolean breaks) {
            this.text = text;
            this.docker = docker;
            this.breaks = breaks;
        }

        /** The verb as it stands in a sentence. */
        public String text() {
            return text;
        }

        /** Whether the operation takes something away. */
        public boolean breaks() {
            return breaks;
        }
    }

    /** What can be done to a whole member by way of whatever runs it, each with the operation that undoes it. */
    enum MemberOperation {
        /** Patroni ends as it is asked to, and hands the leader key over before. */
        STOP("stop %s", true),
        /** A stopped or killed member is started. */
        START("start %s", false),
        /** SIGKILL: Patroni and PostgreSQL are gone at once. */
        KILL("kill %s (SIGKILL)", true),
        /** The processes stand still: connections are accepted and never answered. */
        FREEZE("freeze %s", true),
        /** Ends a freeze. */
        THAW("thaw %s", false),
        /** No packet gets in or out. */
        PARTITION("cut %s off from everything", true),
        /** Ends a partition. */
        HEAL("give %s its network back", false);

        private final String sentence;
        private final boolean breaks;

        MemberOperation(String sentence, boolean breaks) {
            this.sentence = sentence;
            this.breaks = breaks;
        }

        /** The operation of that name. */
        public static Optional<MemberOperation> named(String word) {
            return Arrays.stream(values())
                    .filter(operation -> operation.word().equals(word))
                    .findFirst();
        }

        /** The name in the configuration file and in the journal. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What is done, as the rest of "patop will …". */
        public String text(String member) {
            return String.format(Locale.ROOT, sentence, member);
        }

        /** Whether it takes something away from the cluster. */
        public boolean breaks() {
            return breaks;
        }

        /** The operation that puts right what this one breaks; of one that breaks nothing, itself. */
        public MemberOperation mendedBy() {
            return switch (this) {
                case STOP, KILL, START -> START;
                case FREEZE, THAW -> THAW;
                case PARTITION, HEAL -> HEAL;
            };
        }
    }
}
