package io.patop.haproxy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The meanings of HAProxy's columns, in the words of its management guide, section 9.1. */
public final class StatFields {

    private static final String MEANINGS =
            """
            pxname proxy's name
            svname service's name
            qcur requests queued now
            qmax most requests queued
            scur sessions now
            smax most sessions
            slim limit of sessions
            stot sessions in all
            bin bytes in
            bout bytes out
            dreq requests denied
            dresp responses denied
            ereq request errors
            econ connection errors
            eresp response errors
            wretr connections retried
            wredis requests sent to another server
            status status
            weight weight in force; a backend's: sum
            act active servers
            bck backup servers
            chkfail checks failed while up
            chkdown times gone from UP to DOWN
            lastchg seconds since the last change between UP and DOWN
            downtime seconds down in all
            qlimit limit of the queue
            pid number of the process
            iid proxy's id
            sid service's id in its proxy
            throttle slow start, percent
            lbtot times chosen by load balancing
            tracked the server whose state it follows
            type 0 frontend, 1 backend, 2 server, 3 listener
            rate sessions in the last second
            rate_lim limit of new sessions a second
            rate_max most new sessions in a second
            check_status result of the last check; * while one runs
            check_code code of the last check
            check_duration milliseconds that the last check took
            hrsp_1xx HTTP responses 1xx
            hrsp_2xx HTTP responses 2xx
            hrsp_3xx HTTP responses 3xx
            hrsp_4xx HTTP responses 4xx
            hrsp_5xx HTTP responses 5xx
            hrsp_other other HTTP responses (protocol errors)
            hanafail details of failed checks
            req_rate HTTP requests in the last second
            req_rate_max most HTTP requests in a second
            req_tot HTTP requests in all
            cli_abrt transfers broken off by clients
            srv_abrt transfers broken off by servers
            comp_in bytes into compression
            comp_out bytes out of compression
            comp_byp bytes past compression
            comp_rsp responses compressed
            lastsess seconds since the last session
            last_chk what the last check said
            last_agt what the agent said last
            qtime milliseconds in the queue, of the last 1024
            ctime milliseconds to connect, of the last 1024
            rtime milliseconds to respond, of the last 1024
            ttime milliseconds in all, of the last 1024
            agent_status result of the last agent check
            agent_code code of the last agent check
            agent_duration milliseconds that it took
            check_desc check_status in words
            agent_desc agent_status in words
            check_rise good checks until UP
            check_fall bad checks until DOWN
            check_health health: 0 to rise + fall - 1
            agent_rise good agent checks until UP
            agent_fall bad agent checks until DOWN
            agent_health the agent's health
            addr address and port
            cookie its cookie
            mode tcp, http or health
            algo load balancing
            conn_rate connections in the last second
            conn_rate_max most connections in a second
            conn_tot connections in all
            intercepted requests answered by HAProxy itself
            dcon connections denied
            dses sessions denied
            wrew rewrites failed
            connect connections attempted
            reuse connections used again
            cache_lookups cache lookups
            cache_hits cache hits
            srv_icur idle connections to use again
            src_ilim limit of idle connections
            qtime_max most milliseconds in the queue
            ctime_max most milliseconds to connect
            rtime_max most milliseconds to respond
            ttime_max most milliseconds in all
            eint errors within HAProxy
            idle_conn_cur unsafe idle connections
            safe_conn_cur safe idle connections
            used_conn_cur connections in use
            need_conn_est connections needed, estimated
            uweight weight of the configuration; a backend's: sum
            agg_server_status servers by status
            agg_server_check_status servers by check
            agg_check_status servers by check
            srid server's id over its life
            sess_other sessions of another protocol
            h1sess HTTP/1 sessions
            h2sess HTTP/2 sessions
            h3sess HTTP/3 sessions
            req_other requests of another protocol
            h1req HTTP/1 requests
            h2req HTTP/2 requests
            h3req HTTP/3 requests
            proto protocol
            srv_op_state 0 stopped, 1 starting, 2 running, 3 stopping
            srv_admin_state maintenance: 1 forced, 2 by another, 4 of the configuration; 8 drain; 32 no address
            srv_uweight weight asked for
            srv_iweight weight of the configuration
            srv_time_since_last_change seconds since the last change
            srv_check_status last check, as a number
            srv_check_result 0 unknown, 1 neutral, 2 failed, 3 passed, 4 conditionally
            srv_check_health health of its checks
            srv_check_state bits of the check
            srv_agent_state bits of the agent's check
            srv_addr address now
            srv_port port
            srv_fqdn name that is looked up
            srvrecord DNS record that it is of
            srv_use_ssl whether TLS is spoken to it
            srv_check_port port of its checks
            srv_check_addr address of its checks
            srv_agent_port port of its agent
            srv_agent_addr address of its agent
            be_id backend's id
            be_name backend's name
            srv_id server's id
            srv_name server's name
            bk_f_forced_id whether the configuration sets the backend's id
            srv_f_forced_id whether the configuration sets the server's id
            """;

    private static final Map<String, String> BY_NAME = new TreeMap<>();

    static {
        MEANINGS.lines().forEach(line -> {
            int space = line.indexOf(' ');
            BY_NAME.put(line.substring(0, space), line.substring(space + 1));
        });
    }

    private StatFields() {}

    /** Returns the meaning of a column; empty for an unknown one. */
    public static Optional<String> meaning(String column) {
        return Optional.ofNullable(BY_NAME.get(column));
    }
}
