package io.patop.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Looks names up, with one lookup per name at a time, since a lookup cannot be cancelled and takes up to half a
 * minute if the name server does not answer. All callers of that time share it. The number of lookups at once is
 * limited, on threads of their own, so that threads do not pile up and requests that need no name server do not wait.
 *
 * <p>The JVM keeps names for 30 s and failures for 10 s, unless the security properties
 * {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl} say otherwise before its first
 * lookup. A service that was scaled up again has a new address, so the command's main sets them.
 */
public final class NameLookups {

    /** Finds a name's addresses, as {@link InetAddress#getAllByName} does. May block for long. */
    public interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Largest number of lookups at a time; others wait for their turn. */
    public static final int MOST = 64;

    private final Resolver resolver;
    private final Executor executor;
    private final Map<String, CompletableFuture<InetAddress>> underWay = new ConcurrentHashMap<>();

    public NameLookups(Resolver resolver) {
        this.resolver = resolver;
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(MOST, MOST, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), lookup -> {
                    Thread thread = new Thread(lookup, "patop-names");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        this.executor = threads;
    }

    /**
     * Returns the first address of the name; an address is returned without a lookup. The future is shared with all
     * callers of that time, so only a copy of it may be completed.
     */
    public CompletableFuture<InetAddress> of(String host) {
        if (isAddress(host)) {
            return literal(host);
        }
        CompletableFuture<InetAddress> mine = new CompletableFuture<>();
        CompletableFuture<InetAddress> others = underWay.putIfAbsent(host, mine);
        if (others != null) {
            return others;
        }
        executor.execute(() -> lookUp(host, mine));
        return mine;
    }

    private void lookUp(String host, CompletableFuture<InetAddress> lookup) {
        try {
            InetAddress address = resolver.addresses(host)[0];
            underWay.remove(host);
            lookup.complete(address);
        } catch (UnknownHostException | RuntimeException none) {
            underWay.remove(host);
            lookup.completeExceptionally(none);
        }
    }

    /** Returns whether the host is an address and not a name. */
    public static boolean isAddress(String host) {
        return host.contains(":") || IPV4.matcher(host).matches();
    }

    private static CompletableFuture<InetAddress> literal(String address) {
        try {
            return CompletableFuture.completedFuture(InetAddress.getByName(address));
        } catch (UnknownHostException unknownZone) {
            return CompletableFuture.failedFuture(unknownZone);
        }
    }
}
