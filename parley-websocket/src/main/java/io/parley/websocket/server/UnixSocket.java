package io.parley.websocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.DomainSocketAddress;
import io.parley.websocket.connection.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix domain socket. It is made beside its path, given its permissions, and then moved there: nobody can connect
 * before they hold, and the socket of a server that has died is replaced in one step.
 *
 * @param permissions null to leave it to the system
 */
record UnixSocket(Path path, @Nullable Set<PosixFilePermission> permissions) implements ListenAddress {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    private static final String BESIDE = ".new";
    private static final int MAX_PATH_BYTES = 107 - BESIDE.length(); // what the system takes

    UnixSocket {
        int length = path.toString().getBytes(UTF_8).length;
        if (length > MAX_PATH_BYTES) {
            throw new IllegalArgumentException(
                    "unixSocket: a path of " + length + " bytes (expected: at most " + MAX_PATH_BYTES + "): " + path);
        }
    }

    /** Permissions as {@code ls} shows them. */
    static Set<PosixFilePermission> permissions(String shown) {
        try {
            return Set.copyOf(PosixFilePermissions.fromString(shown));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("permissions: " + shown + " (expected: such as rw-rw----)", malformed);
        }
    }

    @Override
    public Listening listen(ServerBootstrap bootstrap, Transport transport) {
        Path beside = path.resolveSibling(path.getFileName() + BESIDE);
        try {
            checkNobodyListens();
            Files.deleteIfExists(beside);
        } catch (IOException failed) {
            throw cannotListen(String.valueOf(failed), failed);
        }
        ChannelFuture bound = bootstrap
                .channel(transport.unixServerChannel())
                .bind(address(beside, transport))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw cannotListen(String.valueOf(bound.cause().getMessage()), bound.cause());
        }
        try {
            Object key = moveIntoPlace(beside);
            return new Listening(bound.channel(), () -> remove(key));
        } catch (IOException | UnsupportedOperationException failed) {
            bound.channel().close().awaitUninterruptibly();
            throw cannotListen(String.valueOf(failed), failed);
        }
    }

    private static SocketAddress address(Path path, Transport transport) {
        return transport.isNative() ? new DomainSocketAddress(path.toString()) : UnixDomainSocketAddress.of(path);
    }

    /** What may be at the path is a socket that a server left behind when it died. */
    private void checkNobodyListens() throws IOException {
        if (!Files.exists(path, NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS)
                .isOther()) {
            throw ListenAddress.cannotListen(
                    "Unix socket " + path + ": there is something else (expected: nothing, or a socket that a server"
                            + " left behind)",
                    null);
        }
        try (SocketChannel answered = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            log.debug("{} answers", answered);
        } catch (ConnectException refused) {
            return;
        }
        throw ListenAddress.cannotListen(
                "Unix socket " + path
                        + " is taken (expected: one that nobody listens on); stop the program that listens"
                        + " there, or choose another path",
                null);
    }

    /** Gives what the socket is known by. */
    private @Nullable Object moveIntoPlace(Path beside) throws IOException {
        if (permissions != null) {
            Files.setPosixFilePermissions(beside, permissions);
        }
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        return key();
    }

    /** Removes the socket, unless another server has put its own in its place. */
    private void remove(@Nullable Object key) {
        try {
            if (key != null && key.equals(key())) {
                Files.delete(path);
            }
        } catch (IOException gone) {
            log.debug("Unix socket {} is not removed", path, gone);
        }
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS)
                .fileKey();
    }

    private UncheckedIOException cannotListen(String reason, Throwable cause) {
        return ListenAddress.cannotListen(
                "Cannot listen on the Unix socket " + path + ": " + reason
                        + " (expected: a folder that is there and that this user may write to)",
                cause);
    }
}
