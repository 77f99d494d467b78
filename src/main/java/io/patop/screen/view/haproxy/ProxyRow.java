package io.patop.screen.view.haproxy;

import io.patop.cluster.Member;
import io.patop.haproxy.Condition;
import io.patop.haproxy.RowKind;
import io.patop.haproxy.StatRow;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Sparkline;
import io.patop.screen.view.RoleText;
import io.patop.text.ByteText;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.ProxyAgreement;
import io.patop.watch.model.TrafficRates;
import io.patop.watch.model.WatchedProxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A frontend, backend or server of HAProxy as a row: HAProxy's own numbers beside the member that a server leads to.
 * Values of a proxy that no longer answers are drawn as old.
 *
 * @param proxy the proxy that the row is from
 * @param row what HAProxy tells
 * @param dashboard the dashboard with the member
 * @param glyphs the screen's glyphs
 * @param label the row's name
 */
record ProxyRow(WatchedProxy proxy, StatRow row, Dashboard dashboard, Glyphs glyphs, String label) {

    static final int SPARK = 20;

    String key() {
        return row.key();
    }

    Cell name() {
        return new Cell(label, ink(row.kind() == RowKind.SERVER ? Ink.TEXT : Ink.DIM));
    }

    Cell status() {
        return new Cell(
                row.status(),
                ink(
                        switch (row.condition()) {
                            case UP, OPEN -> Ink.GOOD;
                            case DOWN -> agreement() == ProxyAgreement.AGREED || !isServer() ? Ink.DIM : Ink.WARNING;
                            case DRAIN, MAINT, OTHER -> Ink.WARNING;
                            case CLOSED -> Ink.BAD;
                        }));
    }

    /** Returns the member's role, and whether HAProxy's state fits it. */
    Cell patroni() {
        Optional<String> name = server().flatMap(MatchedServer::member);
        if (name.isEmpty()) {
            return isServer() ? new Cell(glyphs.unknown(), Ink.STALE) : Cell.EMPTY;
        }
        boolean leads = dashboard.leadership().present().equals(name);
        String role = dashboard
                .member(name.get())
                .flatMap(member -> member.listed().map(Member::role))
                .map(RoleText::title)
                .orElse("unknown");
        String who = name.get().equals(row.service()) ? "" : name.get() + " ";
        String text = (leads ? glyphs.leader() + " " : "  ") + who + role;
        ProxyAgreement agreement = agreement();
        if (agreement.isContradiction()) {
            return new Cell(text + " " + glyphs.bad() + " " + agreement.text(), ink(Ink.BAD));
        }
        return new Cell(
                text + (agreement == ProxyAgreement.AGREED ? " " + glyphs.good() : ""),
                ink(leads ? Ink.LEADER : Ink.TEXT));
    }

    /**
     * Returns the last check, e.g. {@code L7OK/200 3ms}. HAProxy's star for a running check is left out, since it
     * flickers.
     */
    Cell check() {
        String status = row.text("check_status").replace("*", "").strip();
        String code = row.text("check_code");
        String took = row.text("check_duration");
        boolean good = status.startsWith("L") && status.contains("OK");
        return new Cell(
                status + (code.isEmpty() ? "" : "/" + code) + (took.isEmpty() ? "" : " " + took + "ms"),
                ink(
                        good
                                ? Ink.TEXT
                                : row.condition() == Condition.DOWN && agreement() == ProxyAgreement.AGREED
                                        ? Ink.DIM
                                        : Ink.WARNING));
    }

    Cell count(String column) {
        return new Cell(row.number(column).map(ProxyNumbers::count).orElse(row.text(column)), ink(Ink.TEXT));
    }

    /** Returns a count that is bad if it is not 0. */
    Cell trouble(String column) {
        long count = row.number(column).orElse(0L);
        return new Cell(row.number(column).map(ProxyNumbers::count).orElse(""), ink(count > 0 ? Ink.WARNING : Ink.DIM));
    }

    Cell bytes(String column) {
        return new Cell(row.number(column).map(ByteText::text).orElse(""), ink(Ink.TEXT));
    }

    Cell age(String column) {
        return new Cell(
                row.number(column)
                        .map(seconds -> DurationText.age(Duration.ofSeconds(seconds)))
                        .orElse(""),
                ink(Ink.TEXT));
    }

    Cell millis(String column) {
        return new Cell(row.number(column).map(millis -> millis + "ms").orElse(""), ink(Ink.TEXT));
    }

    /** Returns the rates, computed from the difference between two ticks; empty until there are two. */
    Optional<TrafficRates.Rates> rates() {
        return flow().flatMap(TrafficRates::rates);
    }

    Cell rate(ToDoubleFunction<TrafficRates.Rates> figure) {
        return new Cell(
                rates().map(figure::applyAsDouble).map(ProxyNumbers::rate).orElse(""), ink(Ink.TEXT));
    }

    Cell byteRate(ToDoubleFunction<TrafficRates.Rates> figure) {
        return new Cell(
                rates().map(figure::applyAsDouble).map(ProxyNumbers::byteRate).orElse(""), ink(Ink.TEXT));
    }

    Cell spark(ToDoubleFunction<TrafficRates.Rates> figure) {
        String line = flow().map(flow -> Sparkline.of(
                        flow.past().stream()
                                .map(rates -> rates.map(figure::applyAsDouble))
                                .toList(),
                        SPARK,
                        glyphs))
                .orElse("");
        return new Cell(line, ink(Ink.DIM));
    }

    Optional<MatchedServer> server() {
        return proxy.server(row.key());
    }

    ProxyAgreement agreement() {
        return server().map(server -> proxy.agreement(server, dashboard.leadership()))
                .orElse(ProxyAgreement.NOT_JUDGED);
    }

    /** Returns the text that the filter searches. */
    String text() {
        return String.join(
                " ", row.key(), row.kind().word(), row.status(), patroni().text(), check().text(), row.text("addr"));
    }

    private boolean isServer() {
        return row.kind() == RowKind.SERVER;
    }

    private Optional<TrafficRates> flow() {
        return Optional.ofNullable(proxy.flows().get(row.key()));
    }

    private Ink ink(Ink fresh) {
        return proxy.answers() ? fresh : Ink.STALE;
    }
}
