package io.parley.engineio.server;

import io.parley.engineio.TransportType;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the first packet of a session says: a JSON object with its keys in the official order.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class OpenPackets {

    private final String upgrades;
    private final String limits;

    OpenPackets(EngineOptions options) {
        upgrades = options.allowUpgrades() ? upgrades(options) : "";
        limits = ",\"pingInterval\":" + options.pingInterval().toMillis()
                + ",\"pingTimeout\":" + options.pingTimeout().toMillis()
                + ",\"maxPayload\":" + options.maxHttpBufferSize() + "}";
    }

    String data(String sid, TransportType transport) {
        String offered = transport == TransportType.POLLING ? upgrades : "";
        return "{\"sid\":" + JsonText.quote(sid) + ",\"upgrades\":[" + offered + "]" + limits;
    }

    /** What a session can move to from polling, of what is served. */
    private static String upgrades(EngineOptions options) {
        return Stream.of(TransportType.WEBSOCKET, TransportType.WEBTRANSPORT)
                .filter(options.transports()::contains)
                .map(type -> JsonText.quote(type.wireName()))
                .collect(Collectors.joining(","));
    }
}
