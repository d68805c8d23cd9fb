package io.mlcicd.deployment.local;

import java.net.URI;

/**
 * Where clients reach a deployment.
 *
 * @param host name, IPv4 or IPv6 address that is listened on; that of all addresses, too
 */
record PublicAddress(String host, int port) {

    /** The address as a URL. */
    String url() {
        return url(host);
    }

    /** A URL that a client on this machine can open, which that of all addresses is not everywhere. */
    URI reachable() {
        return URI.create(
                switch (host) {
                    case "0.0.0.0" -> url("127.0.0.1");
                    case "::" -> url("::1");
                    default -> url();
                });
    }

    private String url(String named) {
        return "http://" + (named.contains(":") ? "[" + named + "]" : named) + ":" + port;
    }
}
