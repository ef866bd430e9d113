package io.parley.websocket.client;

import org.jspecify.annotations.Nullable;

/**
 * What the next attempt to open a connection asks for, and whom.
 *
 * @param target whom
 * @param redirects how many have been followed
 * @param sameServer whether it is the server that the user named, or another one that it led to
 * @param authorization for the server; null for none
 * @param proxyAuthorization for an HTTP proxy; null for none
 */
record Plan(
        Target target,
        int redirects,
        boolean sameServer,
        @Nullable String authorization,
        @Nullable String proxyAuthorization) {

    static Plan of(Target target) {
        return new Plan(target, 0, true, null, null);
    }

    Plan authorized(String answer) {
        return new Plan(target, redirects, sameServer, answer, proxyAuthorization);
    }

    Plan authorizedAtProxy(String answer) {
        return new Plan(target, redirects, sameServer, authorization, answer);
    }

    /** The authorization for the server goes to no other server; that for the proxy is made for each. */
    Plan redirected(Target next) {
        return new Plan(next, redirects + 1, sameServer && next.isSameServer(target), null, null);
    }
}
