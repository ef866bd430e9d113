package io.parley.webtransport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.DefaultHttp3SettingsFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3GoAwayFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.parley.testkit.Deadline;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of HTTP/3 that does what it is told, right or wrong: Netty's own, with raw streams of WebTransport. */
// The test looks at what the server makes of what is sent; what comes is written on one thread and read on another.
@SuppressWarnings({"FutureReturnValueIgnored", "JdkObsolete"})
final class RawClient implements AutoCloseable {

    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    private final Channel datagrams;
    private final QuicChannel connection;
    private final BlockingQueue<Long> goAways;

    private RawClient(Channel datagrams, QuicChannel connection, BlockingQueue<Long> goAways) {
        this.datagrams = datagrams;
        this.connection = connection;
        this.goAways = goAways;
    }

    /** Connects; fails when the server closes the connection before its end of the handshake. */
    static RawClient connect(int port) throws Exception {
        ChannelHandler codec = Http3.newQuicClientCodecBuilder()
                .sslContext(QuicSslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .applicationProtocols(Http3.supportedApplicationProtocols())
                        .build())
                .maxIdleTimeout(60, TimeUnit.SECONDS)
                .initialMaxData(256 * 1024)
                .initialMaxStreamDataBidirectionalLocal(64 * 1024)
                .initialMaxStreamDataUnidirectional(16 * 1024)
                .initialMaxStreamsUnidirectional(8)
                .datagram(16, 16)
                .build();
        Channel datagrams = new Bootstrap()
                .group(LOOPS)
                .channel(NioDatagramChannel.class)
                .handler(codec)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        BlockingQueue<Long> goAways = new LinkedBlockingQueue<>();
        try {
            return new RawClient(datagrams, connect(datagrams, port, goAways), goAways);
        } catch (Exception failed) {
            datagrams.close().awaitUninterruptibly();
            throw failed;
        }
    }

    private static QuicChannel connect(Channel datagrams, int port, BlockingQueue<Long> goAways) throws Exception {
        return QuicChannel.newBootstrap(datagrams)
                .handler(new Http3ClientConnectionHandler(
                        new ControlStream(goAways),
                        null,
                        null,
                        new DefaultHttp3SettingsFrame(Wire.settings(16 * 1024)),
                        true,
                        Wire::isKnownSetting))
                .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .connect()
                .get();
    }

    /** What the server has said about requests that it will not take. */
    BlockingQueue<Long> goAways() {
        return goAways;
    }

    /** Sends a request; header fields by name and value in turn. */
    Request request(String... fields) {
        Request request = new Request();
        QuicStreamChannel stream = Deadline.get(Http3.newRequestStream(connection, request));
        request.stream = stream;
        DefaultHttp3HeadersFrame head = new DefaultHttp3HeadersFrame();
        for (int i = 0; i < fields.length; i += 2) {
            head.headers().add(fields[i], fields[i + 1]);
        }
        stream.writeAndFlush(head);
        return request;
    }

    /** Asks for a session at {@code path}. */
    Request connect(String path, String... more) {
        String[] fields = new String[10 + more.length];
        String[] usual = {
            ":method",
            "CONNECT",
            ":protocol",
            "webtransport",
            ":scheme",
            "https",
            ":authority",
            "127.0.0.1",
            ":path",
            path
        };
        System.arraycopy(usual, 0, fields, 0, 10);
        System.arraycopy(more, 0, fields, 10, more.length);
        return request(fields);
    }

    /** Opens a session and its stream. */
    Stream session() {
        Request request = connect("/engine.io/?EIO=4&transport=webtransport");
        assert request.status().equals("200");
        return stream(request.id());
    }

    /** Opens a stream of a session. */
    Stream stream(long sessionId) {
        Stream stream = new Stream();
        stream.channel = Deadline.get(connection.createStream(QuicStreamType.BIDIRECTIONAL, stream));
        ByteBuf header = Unpooled.buffer();
        Wire.writeNumber(header, Wire.BIDIRECTIONAL_STREAM);
        Wire.writeNumber(header, sessionId);
        stream.channel.writeAndFlush(header);
        return stream;
    }

    /** Opens a stream in one direction; whoever reads it first sees these bytes. */
    QuicStreamChannel unidirectional(int... bytes) {
        QuicStreamChannel channel = Deadline.get(
                connection.createStream(QuicStreamType.UNIDIRECTIONAL, new ChannelInboundHandlerAdapter()));
        channel.writeAndFlush(bytes(bytes));
        return channel;
    }

    long allowedStreams() {
        return connection.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL);
    }

    static ByteBuf bytes(int... bytes) {
        ByteBuf buffer = Unpooled.buffer();
        for (int value : bytes) {
            buffer.writeByte(value);
        }
        return buffer;
    }

    /** Waits until the connection is over. */
    void awaitClosed() {
        Deadline.await("the end of the connection", () -> !connection.isOpen());
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** Ends the connection without a word to the session. */
    @Override
    public void close() {
        connection.close().awaitUninterruptibly();
        datagrams.close().awaitUninterruptibly();
    }

    /** Falls silent: neither side hears of the other any more. */
    void vanish() {
        datagrams.close().awaitUninterruptibly();
    }

    private static final class ControlStream extends ChannelInboundHandlerAdapter {

        private final BlockingQueue<Long> goAways;

        ControlStream(BlockingQueue<Long> goAways) {
            this.goAways = goAways;
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http3GoAwayFrame goAway) {
                goAways.add(goAway.id());
            }
            ReferenceCountUtil.release(message);
        }
    }

    /** A request and what comes back. */
    static final class Request extends Http3RequestStreamInboundHandler {

        private final CompletableFuture<String> status = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final StringBuffer body = new StringBuffer();
        private final StringBuffer hex = new StringBuffer();
        private QuicStreamChannel stream;

        long id() {
            return stream.streamId();
        }

        String status() {
            return Deadline.get(status);
        }

        /** The body as text, when it is complete. */
        String body() {
            Deadline.get(ended);
            return body.toString();
        }

        /** The body in hex digits, when it is complete. */
        String capsules() {
            Deadline.get(ended);
            return hex.toString();
        }

        void send(ByteBuf capsules) {
            stream.writeAndFlush(new DefaultHttp3DataFrame(capsules));
        }

        void end() {
            stream.shutdownOutput();
        }

        @Override
        protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame frame) {
            status.complete(frame.headers().status().toString());
        }

        @Override
        protected void channelRead(ChannelHandlerContext context, Http3DataFrame frame) {
            body.append(frame.content().toString(UTF_8));
            hex.append(ByteBufUtil.hexDump(frame.content()));
            frame.release();
        }

        @Override
        protected void channelInputClosed(ChannelHandlerContext context) {
            ended.complete(null);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended.complete(null);
            status.complete("none");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ended.complete(null);
            status.complete("none");
        }
    }

    /** A stream of a session: its bytes are packets with their length. */
    static final class Stream extends ChannelInboundHandlerAdapter {

        private final CompletableFuture<String> end = new CompletableFuture<>();
        private final StringBuffer text = new StringBuffer();
        QuicStreamChannel channel;

        /** Sends a text packet, of less than 126 bytes. */
        void send(String packet) {
            byte[] content = packet.getBytes(UTF_8);
            send(Unpooled.buffer().writeByte(content.length).writeBytes(content));
        }

        void send(ByteBuf bytes) {
            channel.writeAndFlush(bytes);
        }

        /** Ends this side. */
        void finish() {
            channel.shutdownOutput();
        }

        void reset() {
            channel.shutdown(7);
        }

        void read(boolean on) {
            channel.config().setAutoRead(on);
        }

        /** Waits until this has come. */
        void awaitText(String expected) {
            Deadline.await(expected, () -> text.indexOf(expected) >= 0);
        }

        int received() {
            return text.length();
        }

        /** How the server ended it: {@code finished}, or what Netty says. */
        String end() {
            return Deadline.get(end);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            text.append(((ByteBuf) message).toString(UTF_8));
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                end.complete("finished");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end.complete("inactive");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end.complete(cause.getClass().getSimpleName());
        }
    }
}
