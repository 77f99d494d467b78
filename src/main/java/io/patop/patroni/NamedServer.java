package io.patop.patroni;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;

/**
 * Trusts a server whose certificate comes from certain authorities and is for the name that was looked up. The JDK's
 * own check would compare the address that the connection goes to.
 */
final class NamedServer extends X509ExtendedTrustManager {

    /** The certificate is for another host. */
    static final class OtherHost extends CertificateException {
        OtherHost(SSLException cause) {
            super(cause);
        }
    }

    private final X509TrustManager authorities;
    private final String host;
    private final boolean nameMatters;

    NamedServer(X509TrustManager authorities, String host, boolean nameMatters) {
        this.authorities = authorities;
        this.host = host;
        this.nameMatters = nameMatters;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authorities.checkServerTrusted(chain, authType);
        if (nameMatters) {
            try {
                new DefaultHostnameVerifier().verify(host, chain[0]);
            } catch (SSLException other) {
                throw new OtherHost(other);
            }
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }

    private static CertificateException noServer() {
        return new CertificateException("a client only: it trusts no clients");
    }
}
