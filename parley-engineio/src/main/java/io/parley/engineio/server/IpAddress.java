package io.parley.engineio.server;

import io.parley.websocket.server.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Internet addresses, read without asking a name server. */
final class IpAddress {

    private static final int IPV6_BYTES = 16;
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

    private IpAddress() {}

    /** The address of a request's connection; null when it is no internet address. */
    static @Nullable InetAddress remote(HttpRequest request) {
        return request.remoteAddress() instanceof InetSocketAddress internet ? internet.getAddress() : null;
    }

    static @Nullable String keyOfRemote(HttpRequest request) {
        InetAddress address = remote(request);
        return address == null ? null : key(address);
    }

    /** What addresses of one customer have in common. */
    static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length < IPV6_BYTES) {
            return address.getHostAddress();
        }
        return address(Arrays.copyOf(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES), IPV6_BYTES))
                        .getHostAddress() + "/64";
    }

    /** Reads an address as proxies write it, be it with a port; null when it is none. */
    static @Nullable InetAddress parse(String text) {
        String host = withoutPort(text.trim());
        boolean isLiteral = IPV4.matcher(host).matches()
                || (host.indexOf(':') >= 0 && IPV6.matcher(host).matches());
        try {
            return isLiteral ? InetAddress.getByName(host) : null;
        } catch (UnknownHostException expected) { // it has the characters of an address, and is none
            return null;
        }
    }

    private static String withoutPort(String text) {
        int end = text.indexOf(']');
        if (text.startsWith("[") && end > 0) {
            return text.substring(1, end);
        }
        int colon = text.indexOf(':');
        return colon > 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) { // thrown for a wrong length only
            throw new AssertionError(impossible);
        }
    }
}
