package io.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.websocket.client.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a proxy: {@code http://proxy.example:3128}, {@code socks5://user:password@127.0.0.1}, or {@code none}. */
final class ProxyUrl implements ITypeConverter<Proxy> {

    private static final int HTTP_PORT = 8080;
    private static final int SOCKS_PORT = 1080;

    @Override
    public Proxy convert(String text) {
        if (text.equals("none")) {
            return Proxy.none();
        }
        try {
            URI url = new URI(text.contains("://") ? text : "http://" + text);
            return withCredentials(proxy(url, text), url.getRawUserInfo());
        } catch (URISyntaxException | IllegalArgumentException notAProxy) {
            throw refusal(text);
        }
    }

    private static Proxy proxy(URI url, String text) {
        if (url.getHost() == null) {
            throw refusal(text);
        }
        return switch (url.getScheme()) {
            case "http" -> Proxy.http(url.getHost(), port(url, HTTP_PORT));
            case "socks5", "socks5h" -> Proxy.socks5(url.getHost(), port(url, SOCKS_PORT));
            default -> throw refusal(text);
        };
    }

    private static int port(URI url, int otherwise) {
        return url.getPort() < 0 ? otherwise : url.getPort();
    }

    private static Proxy withCredentials(Proxy proxy, String userInfo) {
        if (userInfo == null) {
            return proxy;
        }
        String[] parts = userInfo.split(":", 2);
        return proxy.credentials(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
    }

    /** Without the text, which may hold a password. */
    private static TypeConversionException refusal(String text) {
        String shown = text.contains("@") ? text.substring(text.lastIndexOf('@') + 1) : text;
        return new TypeConversionException("'" + shown
                + "' (expected: such as http://proxy.example:3128, socks5://user:password@127.0.0.1:1080, or none)");
    }
}
