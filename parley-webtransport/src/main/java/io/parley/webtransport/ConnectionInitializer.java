package io.parley.webtransport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http3.DefaultHttp3SettingsFrame;
import io.netty.handler.codec.http3.Http3ServerConnectionHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a new QUIC connection its handlers, or refuses it when a limit is reached.
 *
 * <p><b>Threading.</b> Each connection on its own event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is refused is gone either way
final class ConnectionInitializer extends ChannelInitializer<QuicChannel> {

    private static final Logger log = LoggerFactory.getLogger(ConnectionInitializer.class);

    private final ServerOptions options;
    private final Routes routes;
    private final Connections connections;
    private final Figures figures;
    private final Loop loop;

    ConnectionInitializer(ServerOptions options, Routes routes, Connections connections, Figures figures, Loop loop) {
        this.options = options;
        this.routes = routes;
        this.connections = connections;
        this.figures = figures;
        this.loop = loop;
    }

    @Override
    protected void initChannel(QuicChannel channel) {
        Connection connection = new Connection(channel, loop, options, connections, figures);
        if (!connections.add(connection, channel)) {
            channel.pipeline().addLast(new UnwantedDatagrams());
            // Later: only then there is somebody to be told.
            loop.execute(() -> channel.close(true, Wire.EXCESSIVE_LOAD, Unpooled.EMPTY_BUFFER));
            return;
        }
        connection.open();
        channel.pipeline()
                .addLast(
                        new Http3ServerConnectionHandler(
                                new StreamInitializer(connection, routes, options),
                                null,
                                type -> new UnwantedStream(figures),
                                new DefaultHttp3SettingsFrame(Wire.settings(options.maxHeaderBytes())),
                                true,
                                Wire::isKnownSetting),
                        new UnwantedDatagrams());
    }

    /** Gives a stream of the client's its handlers; HTTP/3's own are there already. */
    private static final class StreamInitializer extends ChannelInitializer<QuicStreamChannel> {

        private final Connection connection;
        private final Routes routes;
        private final ServerOptions options;

        StreamInitializer(Connection connection, Routes routes, ServerOptions options) {
            this.connection = connection;
            this.routes = routes;
            this.options = options;
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        protected void initChannel(QuicStreamChannel stream) {
            stream.pipeline()
                    .addFirst(new StreamEntry(connection, options.maxHeaderBytes()))
                    .addLast(new RequestHandler(connection, routes));
        }
    }

    /** Stops a stream in one direction, which no session has a use for. */
    private static final class UnwantedStream extends ChannelInboundHandlerAdapter {

        private final Figures figures;

        UnwantedStream(Figures figures) {
            this.figures = figures;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            figures.refusedStreams.increment();
            ((QuicStreamChannel) context.channel()).shutdownInput(Wire.STREAM_CREATION_ERROR);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Drops datagrams, which the engine has no use for; a client needs them allowed all the same. */
    private static final class UnwantedDatagrams extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel) {
                context.fireChannelRead(message); // a stream, to be registered
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            log.debug("{} failed", context.channel(), cause);
            context.close();
        }
    }
}
