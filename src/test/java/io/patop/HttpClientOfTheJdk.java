package io.patop;

/** What the HTTP client of the running JDK cannot do, and so no test can ask for. */
public final class HttpClientOfTheJdk {

    private HttpClientOfTheJdk() {}

    /**
     * Whether a connection on which no HTTP came ends once the client is collected. The client of 17.0.15 keeps it,
     * has no call to end it, and minds neither cancelling nor the request's timeout (tried): it lasts until the other
     * side ends it. The greeting that goes ahead from then on keeps it the only one to that address.
     */
    public static boolean letsGoOfWhatIsNoHttp() {
        Runtime.Version java = Runtime.version();
        return java.feature() != 17 || java.update() > 15;
    }
}
