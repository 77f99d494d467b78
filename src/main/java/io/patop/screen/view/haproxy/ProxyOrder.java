package io.patop.screen.view.haproxy;

import io.patop.haproxy.Condition;
import io.patop.watch.model.ProxyAgreement;
import java.util.Comparator;
import java.util.List;

/** The sort orders of the HAProxy view. */
enum ProxyOrder {
    /** The order of HAProxy's configuration, in which it sends the rows. */
    CONFIGURED("HAProxy's configuration"),
    NAME("name"),
    TROUBLE("trouble"),
    SESSIONS("sessions"),
    TRAFFIC("traffic"),
    ERRORS("errors"),
    CHANGED("last change");

    private final String words;

    ProxyOrder(String words) {
        this.words = words;
    }

    String text() {
        return words;
    }

    ProxyOrder next() {
        List<ProxyOrder> orders = List.of(values());
        return orders.get((orders.indexOf(this) + 1) % orders.size());
    }

    /** Returns the comparator. Sorting is stable, so that equal rows stay in HAProxy's own order. */
    Comparator<ProxyRow> comparator() {
        return switch (this) {
            case CONFIGURED -> Comparator.comparing(row -> row.proxy().name());
            case NAME ->
                Comparator.comparing(
                        row -> row.row().service() + " " + row.row().proxy());
            case TROUBLE -> Comparator.comparingInt(ProxyOrder::trouble);
            case SESSIONS -> most("scur");
            case TRAFFIC ->
                Comparator.comparingDouble((ProxyRow row) -> row.rates()
                                .map(rates -> rates.bytesIn() + rates.bytesOut())
                                .orElse(0.0))
                        .reversed();
            case ERRORS ->
                Comparator.comparingLong((ProxyRow row) ->
                                count(row, "econ") + count(row, "ereq") + count(row, "eresp") + count(row, "chkfail"))
                        .reversed();
            case CHANGED ->
                Comparator.comparingLong(row -> row.row().number("lastchg").orElse(Long.MAX_VALUE));
        };
    }

    private static int trouble(ProxyRow row) {
        ProxyAgreement agreement = row.agreement();
        if (agreement.isContradiction()) {
            return 0;
        }
        Condition condition = row.row().condition();
        return switch (condition) {
            case CLOSED, OTHER -> 1;
            case DOWN -> agreement == ProxyAgreement.AGREED ? 4 : 2;
            case MAINT, DRAIN -> 3;
            case UP, OPEN -> 5;
        };
    }

    private static Comparator<ProxyRow> most(String column) {
        return Comparator.comparingLong((ProxyRow row) -> count(row, column)).reversed();
    }

    private static long count(ProxyRow row, String column) {
        return row.row().number(column).orElse(0L);
    }
}
