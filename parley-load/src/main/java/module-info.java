/** Loads WebSocket and Socket.IO servers, and measures what they do. */
module io.parley.load {
    requires transitive org.jspecify;
    requires HdrHistogram;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;

    exports io.parley.load;
}
