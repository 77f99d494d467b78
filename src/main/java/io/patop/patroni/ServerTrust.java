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
 * TLS for servers that are reached by address and known by name: the certificate is checked against the name.
 * Certificates and keys are read when the first https URL is asked: they take time (0.2 s for the JDK's own list of
 * authorities) and may be unreadable, which does not matter to a cluster without TLS.
 */
final class ServerTrust {

    static {
        JdkSettings.apply();
    }

    /** The files for TLS cannot be used; the cause says which and why. */
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
     * Returns a context that trusts servers with a valid certificate for this host.
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

    /**
     * Returns the parameters that tell the server by which name it is asked. TLS cannot tell an address or a name
     * with an underscore.
     */
    static SSLParameters parameters(SSLContext context, String host) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        if (!NameLookups.isAddress(host) && host.indexOf('_') < 0) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        return parameters;
    }
}
