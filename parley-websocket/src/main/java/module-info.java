/** WebSocket (RFC 6455) for servers and clients, and the small HTTP server that it stands on. */
module io.parley.websocket {
    requires transitive org.jspecify;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires org.slf4j;

    exports io.parley.websocket;
    exports io.parley.websocket.client;
    exports io.parley.websocket.server;
}
