package io.parley.engineio.server;

import io.parley.websocket.EventLoop;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;

/**
 * A request for a WebTransport session, as its host hands it to the engine: what {@link
 * io.parley.websocket.server.HttpExchange} is to HTTP. It is either accepted or refused, once, before
 * {@link EngineServer#onWebTransportSession} returns.
 *
 * <p><b>Threading.</b> Confined to {@link #eventLoop}.
 */
public interface WebTransportExchange {

    /**
     * The request (an extended {@code CONNECT}) in the words of HTTP/1.1: {@code Host} stands for {@code :authority}.
     */
    HttpRequest request();

    /** The loop on which the session will live. */
    EventLoop eventLoop();

    /** Begins the session; {@code listener} hears of it from then on, {@link WebTransportListener#onOpen} first. */
    void accept(WebTransportListener listener);

    /** Answers with a status other than 200: there is no session. */
    void refuse(HttpResponse response);
}
