package io.patop.patroni;

import io.patop.net.JdkSettings;
import io.patop.net.NameLookups;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS to servers that are reached by address and known by name: the certificate is checked against the name.
 * What it needs is read when the first https URL is asked: certificates and keys cost time (0.2 s for the
 * JDK's own list of authorities), and may be unreadable, which is of no concern to a cluster without TLS.
 */
final class ServerTrust {

    static {
        JdkSettings.apply();
    }

    /** The files named for TLS cannot be used; the cause says which and why. */
    static final class Unready extends CompletionException {
        Unready(UnusableTls why) {
            super(why);
        }
    }

    private final Tls tls;
    private KeyManager[] keys = new KeyManager[0];
    private TrustManager[] trusted = new TrustManager[0];

    ServerTrust(Tls tls) {
        this.tls = tls;
    }

    /**
     * Trusts what proves to be that host.
     *
     * @throws Unready when a file cannot be used; it is read again the next time
     */
    synchronized SSLContext contextFor(String host) {
        try {
            if (trusted.length == 0) {
                keys = tls.keyManagers();
                trusted = tls.trustManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] named = Arrays.stream(trusted)
                    .map(manager -> manager instanceof X509TrustManager authorities
                            ? new NamedServer(authorities, host, !tls.insecure())
                            : manager)
                    .toArray(TrustManager[]::new);
            context.init(keys, named, null);
            return context;
        } catch (UnusableTls unusable) {
            throw new Unready(unusable);
        } catch (GeneralSecurityException refused) {
            throw new Unready(new UnusableTls("TLS cannot be set up: " + refused.getMessage(), refused));
        }
    }

    /** Tells the server which name it is asked by, where TLS can say it: not for addresses, nor with an underscore. */
    static SSLParameters parameters(SSLContext context, String host) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        if (!NameLookups.isAddress(host) && host.indexOf('_') < 0) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        return parameters;
    }
}
