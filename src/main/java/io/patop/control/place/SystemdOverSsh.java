package io.patop.control.place;

import io.patop.watch.model.Action.MemberOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Members that run as a unit of systemd on a machine that ssh reaches. What reads the command there is a shell, so that
 * nothing but plain names is put into it. ssh's own configuration, agent and known hosts count.
 *
 * @param destination of ssh, as {@code admin@{host}}
 * @param unit of systemd, as {@code patroni} or {@code patroni@{name}}
 * @param sudo whether sudo is used there; it must not need a password
 */
public record SystemdOverSsh(String destination, String unit, boolean sudo) implements MemberPlace {

    private static final Pattern DESTINATION =
            Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]*@)?([A-Za-z0-9._:-]|\\{name}|\\{host})+");
    private static final Pattern UNIT = Pattern.compile("([A-Za-z0-9._:@-]|\\{name}|\\{host})+");

    /** ssh asks for nothing: it fails instead. */
    private static final List<String> SSH = List.of("ssh", "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5");

    private static final String TABLE = "inet patop_partition";
    private static final String NO_TABLE = "add table " + TABLE + "; delete table " + TABLE;

    /**
     * Drops all packets but those of the loopback, of neighbour discovery, without which no IPv6 reaches anybody, and
     * of ssh, whose port the shell there knows: by ssh the table is taken away again.
     */
    private static final String CUT_OFF = NO_TABLE + "; table " + TABLE
            + " { chain in { type filter hook input priority -300; policy drop; iifname lo accept;"
            + " icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept;"
            + " tcp dport ${SSH_CONNECTION##* } accept; };"
            + " chain out { type filter hook output priority -300; policy drop; oifname lo accept;"
            + " icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit } accept;"
            + " tcp sport ${SSH_CONNECTION##* } accept; }; }";

    /** How ssh says that a connection ended which had begun. */
    private static final Pattern BROKEN_OFF = Pattern.compile(
            "(?i)(?!.*kex_exchange)(.*closed by remote.*|.*connection reset.*|.*broken pipe.*|.*timeout, server.*)");

    public SystemdOverSsh {
        if (!DESTINATION.matcher(destination).matches() || destination.startsWith("-")) {
            throw new IllegalArgumentException("ssh is USER@HOST, where HOST may be {host} or {name}");
        }
        if (!UNIT.matcher(unit).matches() || unit.startsWith("-")) {
            throw new IllegalArgumentException("unit is a unit of systemd, in which {name} may stand");
        }
    }

    @Override
    public String means() {
        return "systemd over ssh";
    }

    @Override
    public String where(PlacedMember member) {
        return fill(unit, member) + " on " + fill(destination, member);
    }

    @Override
    public Optional<String> hindrance(MemberOperation operation, PlacedMember member) {
        return member.hindrance(destination.contains(CommandTemplate.HOST) || unit.contains(CommandTemplate.HOST));
    }

    @Override
    public List<String> command(MemberOperation operation, PlacedMember member) {
        List<String> command = new ArrayList<>(SSH);
        command.add(fill(destination, member));
        if (sudo) {
            command.addAll(List.of("sudo", "-n"));
        }
        command.addAll(remote(operation, fill(unit, member)));
        return command;
    }

    private static List<String> remote(MemberOperation operation, String unit) {
        return switch (operation) {
            case STOP -> List.of("systemctl", "stop", unit);
            case START -> List.of("systemctl", "start", unit);
            case KILL -> List.of("systemctl", "kill", "-s", "KILL", unit);
            case FREEZE -> List.of("systemctl", "freeze", unit);
            case THAW -> List.of("systemctl", "thaw", unit);
            case PARTITION -> List.of("nft", "\"" + CUT_OFF + "\"");
            case HEAL -> List.of("nft", "\"" + NO_TABLE + "\"");
        };
    }

    /** A unit may say Restart=always. */
    @Override
    public AfterKill afterKill() {
        return AfterKill.STAYS_DOWN_IF_STOPPED;
    }

    @Override
    public Failed failed(MemberOperation operation, int code, String said) {
        return code == 255 && BROKEN_OFF.matcher(said).matches() ? Failed.PERHAPS_DONE : Failed.NOT_DONE;
    }

    private static String fill(String template, PlacedMember member) {
        return new CommandTemplate(List.of("x", template)).of(member).get(1);
    }
}
