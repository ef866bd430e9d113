package io.parley.websocket.client;

import java.io.IOException;

/**
 * What an attempt needs and takes time to get.
 *
 * @param route the way to the server
 * @param cookies the value of the {@code Cookie} field; empty for none
 */
record Prepared(Route route, String cookies) {

    /** Gets it all. It blocks. */
    static Prepared prepare(Target target, Settings settings) throws IOException {
        if (target.secure()) {
            settings.network().tls().load();
        }
        Route route = Route.find(target, settings.network().proxy());
        return new Prepared(route, settings.handshake().cookies().forRequest(target));
    }
}
