package io.parley.websocket.frame;

import static io.parley.websocket.frame.DeflateElement.CLIENT_MAX_WINDOW_BITS;
import static io.parley.websocket.frame.DeflateElement.CLIENT_NO_CONTEXT_TAKEOVER;
import static io.parley.websocket.frame.DeflateElement.SERVER_MAX_WINDOW_BITS;
import static io.parley.websocket.frame.DeflateElement.SERVER_NO_CONTEXT_TAKEOVER;

import io.parley.websocket.DeflateOptions;
import io.parley.websocket.frame.ExtensionHeader.Extension;
import java.util.List;
import java.util.Optional;

/**
 * Agrees on permessage-deflate in the opening handshake (RFC 7692 sections 5 and 7.1), for both ends.
 *
 * <p><b>Threading.</b> Without state.
 */
public final class DeflateNegotiation {

    private DeflateNegotiation() {}

    /**
     * Takes the first of a client's offers that can be taken. Other extensions are skipped, and so are offers with a
     * parameter that is unknown, doubled or has a wrong value.
     *
     * <p>A client that did not offer {@code client_max_window_bits} cannot be told a window, and is taken with the
     * largest.
     *
     * @param offers the values of the {@code Sec-WebSocket-Extensions} fields of the request, in order; may be none
     * @return what is agreed, to be answered by {@link DeflateParameters#toHeader}; empty for no compression
     * @throws IllegalArgumentException if a field breaks RFC 6455 section 9.1: the handshake is to be refused
     */
    public static Optional<DeflateParameters> accept(List<String> offers, DeflateOptions options) {
        if (offers.isEmpty()) {
            return Optional.empty();
        }
        return ExtensionHeader.parse(offers).stream()
                .filter(extension -> extension.name().equals(DeflateElement.NAME))
                .flatMap(extension -> accept(extension, options).stream())
                .findFirst();
    }

    /** A client's offer: the value of a {@code Sec-WebSocket-Extensions} field. */
    public static String offer(DeflateOptions options) {
        StringBuilder offer = new StringBuilder(DeflateElement.NAME + "; " + CLIENT_MAX_WINDOW_BITS);
        if (options.clientMaxWindowBits() < DeflateParameters.MAX_WINDOW_BITS) {
            offer.append('=').append(options.clientMaxWindowBits());
        }
        if (options.serverMaxWindowBits() < DeflateParameters.MAX_WINDOW_BITS) {
            offer.append("; " + SERVER_MAX_WINDOW_BITS + "=").append(options.serverMaxWindowBits());
        }
        if (options.serverNoContextTakeover()) {
            offer.append("; " + SERVER_NO_CONTEXT_TAKEOVER);
        }
        if (options.clientNoContextTakeover()) {
            offer.append("; " + CLIENT_NO_CONTEXT_TAKEOVER);
        }
        return offer.toString();
    }

    /**
     * Checks a server's answer to {@link #offer}.
     *
     * @param answers the values of the {@code Sec-WebSocket-Extensions} fields of the answer; one or more
     * @param offered what the offer was made of
     * @return what is agreed
     * @throws IllegalArgumentException if the answer is broken or not one to this offer: the connection is to be failed
     */
    public static DeflateParameters check(List<String> answers, DeflateOptions offered) {
        List<Extension> extensions = ExtensionHeader.parse(answers);
        for (Extension extension : extensions) {
            if (!extension.name().equals(DeflateElement.NAME)) {
                throw new IllegalArgumentException("Extension '" + extension.name()
                        + "' in the answer (expected: permessage-deflate, nothing else was offered)");
            }
        }
        if (extensions.size() > 1) {
            throw new IllegalArgumentException(
                    "permessage-deflate " + extensions.size() + " times in the answer (expected: once)");
        }
        return check(DeflateElement.ofAnswer(extensions.get(0)), offered);
    }

    private static Optional<DeflateParameters> accept(Extension extension, DeflateOptions options) {
        try {
            return Optional.of(accept(DeflateElement.ofOffer(extension), options));
        } catch (IllegalArgumentException expected) {
            return Optional.empty(); // one bad offer says nothing against the next one
        }
    }

    private static DeflateParameters accept(DeflateElement offer, DeflateOptions options) {
        boolean windowMayBeTold = offer.has(CLIENT_MAX_WINDOW_BITS);
        return new DeflateParameters(
                options.serverNoContextTakeover() || offer.has(SERVER_NO_CONTEXT_TAKEOVER),
                options.clientNoContextTakeover() || offer.has(CLIENT_NO_CONTEXT_TAKEOVER),
                Math.min(options.serverMaxWindowBits(), offer.serverMaxWindowBits()),
                windowMayBeTold
                        ? Math.min(options.clientMaxWindowBits(), offer.clientMaxWindowBits())
                        : DeflateParameters.MAX_WINDOW_BITS,
                offer.has(SERVER_MAX_WINDOW_BITS));
    }

    /** The client's own limits hold whether the server repeats them or not: for the server they are hints. */
    private static DeflateParameters check(DeflateElement answer, DeflateOptions offered) {
        if (offered.serverNoContextTakeover() && !answer.has(SERVER_NO_CONTEXT_TAKEOVER)) {
            throw new IllegalArgumentException("permessage-deflate without " + SERVER_NO_CONTEXT_TAKEOVER
                    + " in the answer (expected: it, as it was asked for)");
        }
        checkWindow(SERVER_MAX_WINDOW_BITS, answer.serverMaxWindowBits(), offered.serverMaxWindowBits());
        if (answer.has(CLIENT_MAX_WINDOW_BITS)) {
            checkWindow(CLIENT_MAX_WINDOW_BITS, answer.clientMaxWindowBits(), offered.clientMaxWindowBits());
        }
        return new DeflateParameters(
                answer.has(SERVER_NO_CONTEXT_TAKEOVER),
                offered.clientNoContextTakeover() || answer.has(CLIENT_NO_CONTEXT_TAKEOVER),
                answer.serverMaxWindowBits(),
                Math.min(answer.clientMaxWindowBits(), offered.clientMaxWindowBits()),
                answer.has(SERVER_MAX_WINDOW_BITS));
    }

    private static void checkWindow(String name, int answered, int most) {
        if (answered > most) {
            throw new IllegalArgumentException("permessage-deflate with a window of " + answered + " bits for " + name
                    + " in the answer (expected: at most " + most + ", as was offered)");
        }
    }
}
