package io.parley.websocket.frame;

import io.parley.websocket.frame.ExtensionHeader.Extension;
import io.parley.websocket.frame.ExtensionHeader.Parameter;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One permessage-deflate in an offer or an answer, with every parameter checked by itself (RFC 7692 section 7.1).
 *
 * <p><b>Threading.</b> Confined to one call.
 */
final class DeflateElement {

    static final String NAME = "permessage-deflate";
    static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
    static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

    private final Set<String> names = new HashSet<>();
    private int serverMaxWindowBits = DeflateParameters.MAX_WINDOW_BITS;
    private int clientMaxWindowBits = DeflateParameters.MAX_WINDOW_BITS;

    private DeflateElement() {}

    /**
     * Reads a client's offer.
     *
     * @throws IllegalArgumentException if the offer is one to be declined
     */
    static DeflateElement ofOffer(Extension extension) {
        return read(extension, true);
    }

    /**
     * Reads a server's answer.
     *
     * @throws IllegalArgumentException if the connection is to be failed for it
     */
    static DeflateElement ofAnswer(Extension extension) {
        return read(extension, false);
    }

    boolean has(String parameter) {
        return names.contains(parameter);
    }

    /** The largest when it is not there. */
    int serverMaxWindowBits() {
        return serverMaxWindowBits;
    }

    /** The largest when it is not there, or without a value. */
    int clientMaxWindowBits() {
        return clientMaxWindowBits;
    }

    private static DeflateElement read(Extension extension, boolean offer) {
        DeflateElement element = new DeflateElement();
        for (Parameter parameter : extension.parameters()) {
            if (!element.names.add(parameter.name())) {
                throw broken(parameter, "each parameter once");
            }
            element.take(parameter, offer);
        }
        return element;
    }

    private void take(Parameter parameter, boolean offer) {
        switch (parameter.name()) {
            case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> checkThatItHasNoValue(parameter);
            case SERVER_MAX_WINDOW_BITS -> serverMaxWindowBits = bits(parameter);
            case CLIENT_MAX_WINDOW_BITS -> {
                boolean anyWindow = offer && parameter.value() == null; // only an offer may leave it to the other end
                clientMaxWindowBits = anyWindow ? DeflateParameters.MAX_WINDOW_BITS : bits(parameter);
            }
            default -> throw broken(parameter, "a parameter of RFC 7692");
        }
    }

    private static void checkThatItHasNoValue(Parameter parameter) {
        if (parameter.value() != null) {
            throw broken(parameter, "no value");
        }
    }

    private static int bits(Parameter parameter) {
        int bits = bits(parameter.value());
        if (bits < DeflateParameters.MIN_WINDOW_BITS || bits > DeflateParameters.MAX_WINDOW_BITS) {
            throw broken(parameter, "8 to 15 without leading zeros");
        }
        return bits;
    }

    /** One digit, or two of which the first is a 1; -1 for anything else. */
    private static int bits(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > 2) {
            return -1;
        }
        int last = value.charAt(value.length() - 1) - '0';
        if (last < 0 || last > 9 || (value.length() == 2 && value.charAt(0) != '1')) {
            return -1;
        }
        return value.length() == 2 ? 10 + last : last;
    }

    private static IllegalArgumentException broken(Parameter parameter, String expected) {
        return new IllegalArgumentException(NAME + " with " + parameter + " (expected: " + expected + ")");
    }
}
