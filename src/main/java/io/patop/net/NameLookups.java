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
 * Looks names up, one lookup per name at a time: a lookup cannot be ended, and against a name server that does
 * not answer it takes up to half a minute. All who ask meanwhile share it; and only so many names are looked up at
 * once, on threads of their own, so that neither threads pile up nor requests wait that need no name server.
 *
 * <p>The JVM remembers names for 30 s and failures for 10 s, unless the security properties
 * {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl} say otherwise before its first
 * lookup. A service that was scaled up again has a new address, so the command's main sets them.
 */
public final class NameLookups {

    /** Finds a name's addresses, as {@link InetAddress#getAllByName} does. May block for long. */
    public interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Lookups at a time; what comes on top waits its turn. */
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

    /** The first address of the name; of an address, itself, without any lookup. Shared with all who ask at the same time: complete a copy only. */
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

    /** Whether it is an address and no name. */
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
