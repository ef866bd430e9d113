/** WebTransport over HTTP/3 for Engine.IO and Socket.IO servers. */
module io.parley.webtransport {
    requires transitive io.parley.engineio;
    requires transitive org.jspecify;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.classes.quic;
    requires io.netty.codec.http3;
    requires io.netty.common;
    requires io.netty.transport;
    requires org.slf4j;

    exports io.parley.webtransport;
}
