package io.parley.websocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.NetUtil;
import io.parley.websocket.http.InputBuffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a SOCKS5 proxy for a connection to the server (RFC 1928), with name and password if it wants them (RFC 1929).
 * What comes behind its answer is handed to the next handler when this one is removed. When the proxy refuses, the next
 * handler hears an exception.
 *
 * <p><b>Threading.</b> Confined to the channel's event loop.
 */
final class Socks5Tunnel extends ChannelInboundHandlerAdapter {

    private static final int VERSION = 5;
    private static final int WITHOUT_PASSWORD = 0;
    private static final int WITH_PASSWORD = 2;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    /** What comes next from the proxy. */
    private enum Step {
        METHOD,
        PASSWORD_STATUS,
        ANSWER,
        OVER
    }

    private final Target target;
    private final @Nullable Credentials credentials; // null for none
    private final Runnable whenOpen;
    private final InputBuffer input = new InputBuffer();
    private Step step = Step.METHOD;

    Socks5Tunnel(Target target, @Nullable Credentials credentials, Runnable whenOpen) {
        this.target = target;
        this.credentials = credentials;
        this.whenOpen = whenOpen;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ByteBuf greeting = context.alloc().buffer(4).writeByte(VERSION);
        send(
                context,
                credentials == null
                        ? greeting.writeByte(1).writeByte(WITHOUT_PASSWORD)
                        : greeting.writeByte(2).writeByte(WITHOUT_PASSWORD).writeByte(WITH_PASSWORD));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // when it cannot be written the channel is closed
    private static void send(ChannelHandlerContext context, ByteBuf bytes) {
        context.writeAndFlush(bytes);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        input.add(context.alloc(), (ByteBuf) message);
        try {
            while (step != Step.OVER && read(context, input.bytes())) {
                // each step takes what it needs
            }
        } catch (IOException refused) {
            step = Step.OVER;
            context.fireExceptionCaught(refused);
        }
    }

    private boolean read(ChannelHandlerContext context, ByteBuf in) throws IOException {
        return switch (step) {
            case METHOD -> readMethod(context, in);
            case PASSWORD_STATUS -> readPasswordStatus(context, in);
            case ANSWER -> readAnswer(in);
            case OVER -> false;
        };
    }

    private boolean readMethod(ChannelHandlerContext context, ByteBuf in) throws IOException {
        if (in.readableBytes() < 2) {
            return false;
        }
        checkVersion(in.readUnsignedByte());
        int method = in.readUnsignedByte();
        if (method == WITHOUT_PASSWORD) {
            sendRequest(context);
        } else if (method == WITH_PASSWORD && credentials != null) {
            sendPassword(context, credentials);
        } else {
            throw new IOException("SOCKS5 authentication method " + method + " (expected: 0, none"
                    + (credentials == null ? "; name and password can be given by Proxy.credentials)" : ", or 2)"));
        }
        return true;
    }

    private static void checkVersion(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("SOCKS version " + version + " (expected: " + VERSION + ")");
        }
    }

    private void sendPassword(ChannelHandlerContext context, Credentials who) throws IOException {
        ByteBuf password = context.alloc().buffer().writeByte(1);
        try {
            writeCounted(password, who.user(), "user");
            writeCounted(password, who.password(), "password");
            send(context, password.retain());
            step = Step.PASSWORD_STATUS;
        } finally {
            password.release();
        }
    }

    private static void writeCounted(ByteBuf out, String text, String what) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > 255) {
            throw new IOException("SOCKS5 " + what + " of " + bytes.length + " bytes (expected: at most 255)");
        }
        out.writeByte(bytes.length).writeBytes(bytes);
    }

    private boolean readPasswordStatus(ChannelHandlerContext context, ByteBuf in) throws IOException {
        if (in.readableBytes() < 2) {
            return false;
        }
        in.skipBytes(1);
        int status = in.readUnsignedByte();
        if (status != 0) {
            throw new IOException(
                    "SOCKS5 authentication status " + status + " (expected: 0, name and password accepted)");
        }
        sendRequest(context);
        return true;
    }

    private void sendRequest(ChannelHandlerContext context) throws IOException {
        ByteBuf request = context.alloc().buffer();
        try {
            request.writeByte(VERSION).writeByte(CONNECT).writeByte(0);
            writeHost(request);
            request.writeShort(target.port());
            send(context, request.retain());
            step = Step.ANSWER;
        } finally {
            request.release();
        }
    }

    private void writeHost(ByteBuf out) throws IOException {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(target.bareHost());
        if (address == null) {
            writeCounted(out.writeByte(NAME), target.host(), "host");
        } else {
            out.writeByte(address.length == 4 ? IPV4 : IPV6).writeBytes(address);
        }
    }

    private boolean readAnswer(ByteBuf in) throws IOException {
        if (in.readableBytes() < 5) {
            return false;
        }
        int start = in.readerIndex();
        checkVersion(in.getUnsignedByte(start));
        checkReply(in.getUnsignedByte(start + 1));
        int length = 4 + addressLength(in.getUnsignedByte(start + 3), in.getUnsignedByte(start + 4)) + 2;
        if (in.readableBytes() < length) {
            return false;
        }
        in.skipBytes(length);
        step = Step.OVER;
        whenOpen.run();
        return true;
    }

    private static int addressLength(int type, int nameLength) throws IOException {
        return switch (type) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> 1 + nameLength;
            default -> throw new IOException("SOCKS5 address type " + type + " (expected: 1, 3 or 4)");
        };
    }

    private void checkReply(int reply) throws IOException {
        if (reply != 0) {
            throw new IOException("SOCKS5 reply " + reply + meaning(reply) + " to " + target.hostAndPort()
                    + " (expected: 0, connected)");
        }
    }

    private static String meaning(int reply) {
        return switch (reply) {
            case 1 -> ", general failure,";
            case 2 -> ", not allowed,";
            case 3 -> ", network unreachable,";
            case 4 -> ", host unreachable,";
            case 5 -> ", connection refused,";
            case 6 -> ", timed out,";
            default -> "";
        };
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuf rest = input.take();
        if (rest != null) {
            if (context.channel().isActive()) {
                context.fireChannelRead(rest);
            } else {
                rest.release();
            }
        }
    }
}
