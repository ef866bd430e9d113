package io.parley.engineio.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.server.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Decides who may begin a session (the official {@code allowRequest}). Asked once a session, before its handshake. */
@FunctionalInterface
public interface AllowRequest {

    /**
     * Looks at the request that wants to begin a session. Called on an event loop, so it must not block: what takes
     * time completes the stage later, on any thread. A throw, or a stage that fails, refuses the request and is logged.
     */
    CompletionStage<Decision> decide(HttpRequest request);

    /** A check that needs no time. */
    static AllowRequest of(Predicate<HttpRequest> check) {
        requireNonNull(check, "check");
        return request -> CompletableFuture.completedFuture(check.test(request) ? Decision.allow() : Decision.refuse());
    }

    /**
     * The outcome.
     *
     * @param allowed whether the session may begin
     * @param message what the client is told when it may not
     */
    record Decision(boolean allowed, String message) {

        private static final Decision ALLOW = new Decision(true, "");

        /** Checks the message. */
        public Decision {
            requireNonNull(message, "message");
        }

        /** The session may begin. */
        public static Decision allow() {
            return ALLOW;
        }

        /** The session may not begin; the client is told {@code Forbidden}. */
        public static Decision refuse() {
            return refuse(HandshakeError.FORBIDDEN.message());
        }

        /** The session may not begin; the client is told {@code message}. */
        public static Decision refuse(String message) {
            return new Decision(false, message);
        }
    }
}
