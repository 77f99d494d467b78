package io.patop.screen.view.haproxy;

import io.patop.screen.terminal.Column;
import io.patop.watch.model.TrafficRates;
import java.util.List;

/** The pages of the HAProxy view: hatop's four sets of columns, by its titles, and its console. */
enum ProxyPage {
    /** Health, sessions and queues. */
    STATUS("Status"),
    /** Rates and bytes. */
    TRAFFIC("Traffic"),
    /** Requests and responses of HTTP, and times. */
    HTTP("HTTP"),
    /** Checks, errors and downtime. */
    ERRORS("Errors"),
    /** Commands and their answers. */
    CONSOLE("Console");

    private final String title;

    ProxyPage(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    ProxyPage next(int step) {
        List<ProxyPage> pages = List.of(values());
        return pages.get(Math.floorMod(pages.indexOf(this) + step, pages.size()));
    }

    List<Column<ProxyRow>> columns() {
        return switch (this) {
            case STATUS, CONSOLE -> status();
            case TRAFFIC -> traffic();
            case HTTP -> http();
            case ERRORS -> errors();
        };
    }

    private static List<Column<ProxyRow>> status() {
        return List.of(
                Column.name("NAME", 0, ProxyRow::name),
                Column.word("STATUS", 0, ProxyRow::status),
                Column.word("  PATRONI", 0, ProxyRow::patroni),
                Column.word("CHECK", 1, ProxyRow::check),
                Column.figure("SINCE", 2, row -> row.age("lastchg")),
                Column.figure("W", 2, row -> row.count("weight")),
                Column.figure("ACT", 6, row -> row.count("act")),
                Column.figure("BCK", 7, row -> row.count("bck")),
                Column.figure("QCUR", 4, row -> row.count("qcur")),
                Column.figure("QMAX", 6, row -> row.count("qmax")),
                Column.figure("SCUR", 1, row -> row.count("scur")),
                Column.figure("SMAX", 4, row -> row.count("smax")),
                Column.figure("SLIM", 5, row -> row.count("slim")),
                Column.figure("STOT", 3, row -> row.count("stot")));
    }

    private static List<Column<ProxyRow>> traffic() {
        return List.of(
                Column.name("NAME", 0, ProxyRow::name),
                Column.word("STATUS", 0, ProxyRow::status),
                Column.word("  PATRONI", 7, ProxyRow::patroni),
                Column.figure("W", 8, row -> row.count("weight")),
                Column.figure("LBTOT", 5, row -> row.count("lbtot")),
                Column.figure("RATE", 2, row -> row.count("rate")),
                Column.figure("RLIM", 6, row -> row.count("rate_lim")),
                Column.figure("RMAX", 4, row -> row.count("rate_max")),
                Column.figure("SESS/S", 3, row -> row.rate(TrafficRates.Rates::sessions)),
                Column.figure("BIN", 1, row -> row.bytes("bin")),
                Column.figure("BOUT", 1, row -> row.bytes("bout")),
                Column.figure("IN/S", 1, row -> row.byteRate(TrafficRates.Rates::bytesIn)),
                Column.figure("OUT/S", 1, row -> row.byteRate(TrafficRates.Rates::bytesOut)),
                Column.word("IN AND OUT", 2, row -> row.spark(rates -> rates.bytesIn() + rates.bytesOut())),
                Column.word("SESSIONS", 6, row -> row.spark(TrafficRates.Rates::sessions)));
    }

    private static List<Column<ProxyRow>> http() {
        return List.of(
                Column.name("NAME", 0, ProxyRow::name),
                Column.word("STATUS", 0, ProxyRow::status),
                Column.word("  PATRONI", 8, ProxyRow::patroni),
                Column.figure("W", 7, row -> row.count("weight")),
                Column.figure("RATE", 1, row -> row.count("req_rate")),
                Column.figure("RMAX", 2, row -> row.count("req_rate_max")),
                Column.figure("RTOT", 1, row -> row.count("req_tot")),
                Column.figure("1xx", 3, row -> row.count("hrsp_1xx")),
                Column.figure("2xx", 1, row -> row.count("hrsp_2xx")),
                Column.figure("3xx", 2, row -> row.count("hrsp_3xx")),
                Column.figure("4xx", 1, row -> row.count("hrsp_4xx")),
                Column.figure("5xx", 1, row -> row.trouble("hrsp_5xx")),
                Column.figure("?xx", 2, row -> row.trouble("hrsp_other")),
                Column.figure("QTIME", 6, row -> row.millis("qtime")),
                Column.figure("CTIME", 4, row -> row.millis("ctime")),
                Column.figure("RTIME", 4, row -> row.millis("rtime")),
                Column.figure("TTIME", 5, row -> row.millis("ttime")));
    }

    private static List<Column<ProxyRow>> errors() {
        return List.of(
                Column.name("NAME", 0, ProxyRow::name),
                Column.word("STATUS", 0, ProxyRow::status),
                Column.word("  PATRONI", 8, ProxyRow::patroni),
                Column.figure("W", 9, row -> row.count("weight")),
                Column.word("CHECK", 3, ProxyRow::check),
                Column.figure("CF", 2, row -> row.trouble("chkfail")),
                Column.figure("CD", 2, row -> row.trouble("chkdown")),
                Column.figure("CL", 1, row -> row.age("lastchg")),
                Column.figure("ECONN", 1, row -> row.trouble("econ")),
                Column.figure("EREQ", 1, row -> row.trouble("ereq")),
                Column.figure("ERSP", 1, row -> row.trouble("eresp")),
                Column.figure("DREQ", 4, row -> row.trouble("dreq")),
                Column.figure("DRSP", 4, row -> row.trouble("dresp")),
                Column.figure("RETR", 3, row -> row.trouble("wretr")),
                Column.figure("REDIS", 5, row -> row.trouble("wredis")),
                Column.figure("CABRT", 6, row -> row.trouble("cli_abrt")),
                Column.figure("SABRT", 6, row -> row.trouble("srv_abrt")),
                Column.figure("DOWN", 1, row -> row.age("downtime")),
                Column.figure("ERR/S", 7, row -> row.rate(TrafficRates.Rates::errors)));
    }
}
