package io.patop.command.patronictl;

import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.History;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PatroniVersion;
import io.patop.command.patronictl.table.ListedCluster;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.docker.DockerClient;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.NodeApi;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.IdentityCheck;
import io.patop.watch.source.Discovery;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One cluster that is asked once, for commands that print and end. */
public final class Cluster {

    private final NodeApi api;
    private final List<ApiUrl> urls;
    private final Map<String, ApiUrl> byMember;
    private final Optional<String> scope;

    private Cluster(NodeApi api, List<ApiUrl> urls, Map<String, ApiUrl> byMember, Optional<String> scope) {
        this.api = api;
        this.urls = urls;
        this.byMember = byMember;
        this.scope = scope;
    }

    /** Returns the cluster that the options name, else the one that is found. */
    public static Cluster of(Connection connection, NodeApi api) {
        return new Cluster(
                api,
                connection.isGiven() ? connection.givenUrls() : found(connection, api),
                connection.urlsByMember(),
                connection.configuration().scope());
    }

    /**
     * Returns the cluster of this name if the addresses lead to several: then only the URLs of its nodes are asked.
     * If no node knows the name, those that were too slow are asked once more.
     *
     * @param name a word that may be a cluster's name; if no node knows it as its cluster, all URLs are kept
     */
    Cluster named(String name) {
        if (urls.size() < 2) {
            return this;
        }
        Map<ApiUrl, Answer<NodeStatus>> answers = nodes(urls.stream());
        List<ApiUrl> its = of(name, answers);
        if (its.isEmpty()) {
            its = of(name, nodes(answers.keySet().stream().filter(url -> isSlow(answer(answers, url)))));
        }
        return its.isEmpty() ? this : new Cluster(api, its, byMember, scope);
    }

    private static List<ApiUrl> of(String name, Map<ApiUrl, Answer<NodeStatus>> answers) {
        return answers.keySet().stream()
                .filter(url -> answer(answers, url)
                        .value()
                        .flatMap(NodeStatus::scope)
                        .filter(name::equals)
                        .isPresent())
                .toList();
    }

    private static boolean isSlow(Answer<NodeStatus> answer) {
        return answer.failure()
                .filter(why -> why.kind() == Failure.Kind.TIMED_OUT)
                .isPresent();
    }

    /** Returns the URLs that are asked. */
    List<ApiUrl> urls() {
        return urls;
    }

    /** Returns the URLs that a person gave for members by name. */
    Map<String, ApiUrl> urlsByMember() {
        return byMember;
    }

    /** Fails if the addresses lead to several clusters, since only the person knows which one is meant. */
    void requireOne() {
        if (urls.size() > 1) {
            requireOne(nodes(urls.stream()));
        }
    }

    private static Answer<NodeStatus> answer(Map<ApiUrl, Answer<NodeStatus>> answers, ApiUrl url) {
        return Objects.requireNonNull(answers.get(url), url::toString);
    }

    private void requireOne(Map<ApiUrl, Answer<NodeStatus>> answers) {
        Map<String, List<ApiUrl>> byScope = new LinkedHashMap<>();
        new LinkedHashSet<>(urls).forEach(url -> answer(answers, url)
                .value()
                .flatMap(NodeStatus::scope)
                .ifPresent(name -> byScope.computeIfAbsent(name, unseen -> new ArrayList<>())
                        .add(url)));
        if (byScope.size() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "these addresses are of several clusters, "
                            + byScope.entrySet().stream()
                                    .map(its -> its.getKey()
                                            + its.getValue().stream()
                                                    .map(ApiUrl::toString)
                                                    .collect(Collectors.joining(", ", " (", ")")))
                                    .collect(Collectors.joining(" and "))
                            + ": give the name of one");
        }
    }

    /** Returns the cluster as its nodes' own patronictl would list it. */
    public ListedCluster list() {
        return survey().listed();
    }

    /** All that the DCS holds and the nodes say. */
    public ClusterSnapshot survey() {
        return first(this::survey);
    }

    /**
     * Makes the snapshot. Answers of another cluster's nodes, and of another member in a member's place, are left
     * out.
     */
    private ClusterSnapshot survey(ApiUrl via, Answer<ClusterView> told) {
        ClusterView view = told.value().orElseThrow();
        Map<ApiUrl, Answer<NodeStatus>> answers =
                nodes(Stream.concat(view.members().stream().flatMap(member -> url(member).stream()), urls.stream()));
        requireOne(answers);
        Dashboard.Identity identity = identity(view, answer(answers, via), answers.values());
        IdentityCheck check = new IdentityCheck(identity, view.members());
        Instant now = Clock.systemUTC().instant();
        List<Observation> seen = new ArrayList<>();
        seen.add(new Observation.ClusterAnswered(now, via.base(), told.took(), view));
        Map<String, NodeStatus> byName = new LinkedHashMap<>();
        Set<String> silent = new LinkedHashSet<>();
        for (Member member : view.members()) {
            Optional<Answer<NodeStatus>> own =
                    url(member).map(url -> own(check, member.name(), url, answer(answers, url)));
            own.ifPresent(answer -> seen.add(
                    observation(now, member.name(), url(member).orElseThrow().base(), answer)));
            own.flatMap(Answer::value)
                    .ifPresentOrElse(said -> byName.put(member.name(), said), () -> silent.add(member.name()));
        }
        List<NodeStatus> ours = answers.values().stream()
                .flatMap(answer -> answer.value().stream())
                .filter(said -> identity.otherCluster(said).isEmpty())
                .toList();
        Set<String> versions = new LinkedHashSet<>();
        ours.forEach(node -> node.patroniVersion().ifPresent(versions::add));
        Optional<String> name = identity.scope()
                .or(() -> ours.stream().flatMap(node -> node.scope().stream()).findFirst())
                .or(() -> scope);
        ListedCluster listed = new ListedCluster(
                name.orElse("?"), identity.systemIdentifier(), PatroniVersion.highest(versions), view);
        return new ClusterSnapshot(listed, byName, silent, check, seen);
    }

    /** The answer, if it is the member's own. */
    private static Answer<NodeStatus> own(IdentityCheck check, String member, ApiUrl url, Answer<NodeStatus> answer) {
        return answer.value()
                .flatMap(said -> check.objection(member, url.base(), said))
                .<Answer<NodeStatus>>map(stranger -> new Answer.Missing<>(stranger, answer.took()))
                .orElse(answer);
    }

    private static Observation observation(Instant now, String member, URI url, Answer<NodeStatus> answer) {
        return answer.value()
                .<Observation>map(said -> new Observation.NodeAnswered(now, member, url, answer.took(), said))
                .orElseGet(() -> new Observation.NodeFailed(
                        now, member, url, answer.failure().orElseThrow()));
    }

    /**
     * Returns the identity by the node that told the view; if it knows no system identifier, by the first node that
     * does.
     */
    private static Dashboard.Identity identity(
            ClusterView view, Answer<NodeStatus> teller, Collection<Answer<NodeStatus>> all) {
        return new Dashboard.Identity(
                view.scope().or(() -> teller.value().flatMap(NodeStatus::scope)),
                Stream.concat(Stream.of(teller), all.stream())
                        .flatMap(answer -> answer.value().stream())
                        .flatMap(said -> said.systemIdentifier().stream())
                        .findFirst());
    }

    /** Returns the DCS's contents by the first node that answers. */
    ClusterView view() {
        return first((url, answer) -> answer.value().orElseThrow());
    }

    /** Returns the DCS's contents, or the last node's failure if no node answers. */
    Answer<ClusterView> viewNow() {
        Answer<ClusterView> answer = api.cluster(urls.get(0)).join();
        for (ApiUrl url : urls.subList(1, urls.size())) {
            if (answer.value().isEmpty()) {
                answer = api.cluster(url).join();
            }
        }
        return answer;
    }

    /** Returns the history of timelines, fresh from the DCS. */
    History history() {
        return first((url, answer) -> value(api.history(url)));
    }

    /** Returns the dynamic configuration, fresh from the DCS. */
    DynamicConfig config() {
        return first((url, answer) -> value(api.config(url)));
    }

    /** Returns the URL of the member's API: the given one, else the published one. */
    Optional<ApiUrl> url(Member member) {
        return Optional.ofNullable(byMember.get(member.name()))
                .or(() -> member.apiUrl().map(ApiUrl::new));
    }

    /** Returns the members with a known API, the leader first, as patronictl asks them. */
    List<Member> leaderFirst(ClusterView view) {
        return Stream.concat(view.leader().stream(), view.members().stream())
                .distinct()
                .filter(member -> url(member).isPresent())
                .toList();
    }

    /** Returns the URL of a member: the given one, else the published one, else the one that answers in its name. */
    public ApiUrl urlOf(String member) {
        if (byMember.containsKey(member)) {
            return byMember.get(member);
        }
        Optional<CommandFailure> unlisted = Optional.empty();
        try {
            ClusterView view = view();
            Optional<ApiUrl> published = view.member(member).flatMap(this::url);
            if (published.isPresent()) {
                return published.get();
            }
            String names = view.members().stream().map(Member::name).collect(Collectors.joining(", "));
            unlisted = Optional.of(new CommandFailure(
                    ExitCode.FAILED,
                    view.member(member).isPresent()
                            ? "member " + member + " published no address: give one with -u " + member + "=URL"
                            : "there is no member " + member + ": the members are " + names));
        } catch (CommandFailure unread) {
            unlisted = Optional.of(unread);
        }
        CommandFailure complaint = unlisted.get();
        return urls.stream()
                .filter(url -> api.node(url)
                        .join()
                        .value()
                        .flatMap(NodeStatus::name)
                        .filter(member::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> complaint);
    }

    /**
     * Returns what {@code then} gives for the first node that answers. {@code /cluster} is asked first, since it
     * makes the node read the DCS again, which refreshes what {@code /config} and {@code /history} tell from its
     * cache.
     */
    private <T> T first(BiFunction<ApiUrl, Answer<ClusterView>, T> then) {
        List<String> failures = new ArrayList<>();
        for (ApiUrl url : urls) {
            Answer<ClusterView> answer = api.cluster(url).join();
            if (answer.value().isPresent()) {
                return then.apply(url, answer);
            }
            answer.failure().map(Failure::message).ifPresent(failures::add);
        }
        throw new CommandFailure(ExitCode.UNREACHABLE, String.join("; ", failures));
    }

    private static <T> T value(CompletableFuture<Answer<T>> asked) {
        Answer<T> answer = asked.join();
        return answer.value()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED, answer.failure().map(Failure::message).orElse("no answer")));
    }

    /** Asks the nodes at these addresses, all at once and each once. */
    private Map<ApiUrl, Answer<NodeStatus>> nodes(Stream<ApiUrl> addresses) {
        Map<ApiUrl, CompletableFuture<Answer<NodeStatus>>> asked = new LinkedHashMap<>();
        addresses.forEach(url -> asked.computeIfAbsent(url, api::node));
        Map<ApiUrl, Answer<NodeStatus>> answers = new LinkedHashMap<>();
        asked.forEach((url, answer) -> answers.put(url, answer.join()));
        return answers;
    }

    /** Finds the nodes' addresses if none were given. */
    public static List<ApiUrl> found(Connection connection, NodeApi api) {
        try (DockerClient docker = connection.docker()) {
            Discovery.Finding finding = connection.discovery(api, docker).look();
            if (finding instanceof Discovery.Finding.Found found) {
                return found.urls();
            }
            throw complaint(finding);
        }
    }

    public static CommandFailure complaint(Discovery.Finding finding) {
        if (finding instanceof Discovery.Finding.OutOfReach out) {
            return new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the members are on Docker's network " + out.network()
                            + ", out of reach of this shell: add --in-container, or run patop's image on that network");
        }
        String tried = finding instanceof Discovery.Finding.Nothing nothing ? nothing.tried() : "";
        return new CommandFailure(
                ExitCode.UNREACHABLE, "no Patroni cluster found: say where with -u URL (tried: " + tried + ")");
    }
}
