package io.parley.websocket.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection knows without having asked the kernel when it came. */
class TcpChannelTest {

    private static final byte[] LOCALHOST = {127, 0, 0, 1};

    private final LinkedBlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private EventLoopGroup loops;

    @BeforeEach
    void assumeEpoll() {
        assumeTrue(Epoll.isAvailable(), "epoll is there");
        loops = new MultiThreadIoEventLoopGroup(1, Transport.choose(true).ioHandlers());
    }

    @AfterEach
    void endLoops() {
        if (loops != null) {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void givenAConnection_whenAskedForItsAddresses_thenTheyAreThoseOfTheClientsSocket(String host) throws Exception {
        assumeTrue(isHere(host), host + " is an address of this machine");

        try (java.net.Socket client = connect(listen(host))) {
            Channel channel = accept();

            assertThat(channel.remoteAddress()).isEqualTo(client.getLocalSocketAddress());
            assertThat(channel.localAddress()).isEqualTo(client.getRemoteSocketAddress());
        }
    }

    @Test
    void givenAConnectionToAllAddresses_whenItIsOfIpv4_thenItsAddressesAreToo() throws Exception {
        int port = listen("0.0.0.0").getPort();

        try (java.net.Socket client = connect(new InetSocketAddress(InetAddress.getByAddress(LOCALHOST), port))) {
            Channel channel = accept();

            assertThat(channel.remoteAddress()).isEqualTo(client.getLocalSocketAddress());
            assertThat(channel.localAddress()).isEqualTo(client.getRemoteSocketAddress());
        }
    }

    @Test
    void givenAConnection_whenItIsClosed_thenItKnowsYetWhereThePeerWas() throws Exception {
        try (java.net.Socket client = connect(listen("127.0.0.1"))) {
            Channel channel = accept();

            channel.close().syncUninterruptibly();

            assertThat(channel.remoteAddress()).isEqualTo(client.getLocalSocketAddress());
            assertThat(channel.localAddress()).isNull();
        }
    }

    @Test
    void givenAConnection_whenTheKernelIsAskedForItsOptions_thenItSendsWithoutDelayAsTheListenerDoes()
            throws Exception {
        try (java.net.Socket client = connect(listen("127.0.0.1"))) {
            assertThat(client.isConnected()).isTrue();

            assertThat(socketOf(accept()).isTcpNoDelay()).isTrue();
        }
    }

    @Test
    void givenTwoConnections_whenTheyAreCompared_thenEachIsItselfOnly() throws Exception {
        InetSocketAddress server = listen("127.0.0.1");

        try (java.net.Socket first = connect(server);
                java.net.Socket second = connect(server)) {
            Channel one = accept();
            Channel other = accept();

            assertThat(first.getLocalPort()).isNotEqualTo(second.getLocalPort());
            assertThat(one).isNotEqualTo(other).isEqualByComparingTo(one);
            assertThat(one.toString()).contains(one.id().asShortText()).contains("R:/127.0.0.1:");
        }
    }

    @Test
    void givenConnectionsThatComeAndGo_whenTheirDescriptorsAreUsedAgain_thenEachHearsOfItsOwnPeerOnly()
            throws Exception {
        InetSocketAddress server = listen("127.0.0.1");
        Set<Integer> descriptors = new HashSet<>();

        try (java.net.Socket staying = connect(server)) {
            Channel stays = accept();
            for (int i = 0; i < 20; i++) {
                Channel channel;
                try (java.net.Socket client = connect(server)) {
                    channel = accept();
                    descriptors.add(((UnixChannel) channel).fd().intValue());
                    if (i % 2 == 0) { // in turn by us and by the peer
                        channel.close().syncUninterruptibly();
                        assertThat(client.getInputStream().read()).isEqualTo(-1);
                    }
                }
                assertThat(channel.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
            }

            assertThat(descriptors).as("used again").hasSizeLessThan(20);
            assertThat(stays.isActive()).isTrue();
            stays.close().syncUninterruptibly();
            assertThat(staying.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void givenTwoConnections_whenOneIsNoLongerRead_thenItsConfigurationIsItsOwnAndTheOtherIsReadOn() throws Exception {
        InetSocketAddress server = listen("127.0.0.1");

        try (java.net.Socket first = connect(server);
                java.net.Socket second = connect(server)) {
            Channel one = accept();
            Channel other = accept();
            assertThat(second.getLocalPort()).isNotEqualTo(first.getLocalPort());
            assertThat(one.config()).as("while nothing was set").isSameAs(other.config());

            onLoop(one, () -> AutoRead.set(one, false));

            assertThat(one.config().isAutoRead()).isFalse();
            assertThat(other.config().isAutoRead()).isTrue();
            onLoop(one, () -> AutoRead.set(one, true));
            assertThat(one.config().isAutoRead()).isTrue();
        }
    }

    @Test
    void givenAConnection_whenItIsReadAsBefore_thenItsConfigurationStaysThatOfAll() throws Exception {
        InetSocketAddress server = listen("127.0.0.1");

        try (java.net.Socket first = connect(server);
                java.net.Socket second = connect(server)) {
            Channel one = accept();
            Channel other = accept();
            assertThat(second.getLocalPort()).isNotEqualTo(first.getLocalPort());

            onLoop(one, () -> AutoRead.set(one, true));

            assertThat(one.config()).isSameAs(other.config());
        }
    }

    @Test
    void givenTheConfigurationOfAll_whenReadingIsToEndThere_thenItIsRefused() throws Exception {
        try (java.net.Socket client = connect(listen("127.0.0.1"))) {
            Channel channel = accept();
            assertThat(client.isConnected()).isTrue();

            assertThatThrownBy(() -> channel.config().setAutoRead(false))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("AutoRead.set");
            assertThat(channel.config().isAutoRead()).isTrue();
        }
    }

    @Test
    void givenTwoConnections_whenSeveralBuffersAreWrittenToOne_thenWhatIsLearntOfItIsNotTheOthers() throws Exception {
        InetSocketAddress server = listen("127.0.0.1");

        try (java.net.Socket first = connect(server);
                java.net.Socket second = connect(server)) {
            Channel one = accept();
            Channel other = accept();
            java.net.Socket client = first.getLocalSocketAddress().equals(one.remoteAddress()) ? first : second;

            onLoop(one, () -> {
                var unused = one.write(Unpooled.directBuffer(1).writeByte('a'));
                var unusedToo = one.writeAndFlush(Unpooled.directBuffer(1).writeByte('b'));
            });

            assertThat(client.getInputStream().readNBytes(2)).containsExactly('a', 'b');
            onLoop(one, () -> assertThat(one.config()).isNotSameAs(other.config()));
        }
    }

    private static void onLoop(Channel channel, Runnable task) throws Exception {
        channel.eventLoop().submit(task).get(10, TimeUnit.SECONDS);
    }

    private InetSocketAddress listen(String host) {
        Channel server = new ServerBootstrap()
                .group(loops)
                .channelFactory(Transport.choose(true).serverChannel())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add(channel);
                    }
                })
                .bind(host, 0)
                .syncUninterruptibly()
                .channel();
        return (InetSocketAddress) server.localAddress();
    }

    private static java.net.Socket connect(InetSocketAddress server) throws IOException {
        return new java.net.Socket(server.getAddress(), server.getPort());
    }

    private Channel accept() throws InterruptedException {
        Channel channel = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(channel).as("an accepted connection").isInstanceOf(TcpChannel.class);
        return channel;
    }

    private static Socket socketOf(Channel channel) {
        return (Socket) ((UnixChannel) channel).fd();
    }

    private static boolean isHere(String host) {
        try (java.net.ServerSocket free = new java.net.ServerSocket(0, 1, InetAddress.getByName(host))) {
            return free.isBound();
        } catch (IOException missing) {
            return false;
        }
    }
}
