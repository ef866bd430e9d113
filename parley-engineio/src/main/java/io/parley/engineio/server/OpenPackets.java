package io.parley.engineio.server;

import io.parley.engineio.TransportType;

/**
 * What the first packet of a session says: a JSON object with its keys in the official order.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class OpenPackets {

    private final boolean upgradable;
    private final String limits;

    OpenPackets(EngineOptions options) {
        upgradable = options.allowUpgrades() && options.transports().contains(TransportType.WEBSOCKET);
        limits = ",\"pingInterval\":" + options.pingInterval().toMillis()
                + ",\"pingTimeout\":" + options.pingTimeout().toMillis()
                + ",\"maxPayload\":" + options.maxHttpBufferSize() + "}";
    }

    String data(String sid, TransportType transport) {
        String upgrades = upgradable && transport == TransportType.POLLING ? "\"websocket\"" : "";
        return "{\"sid\":" + JsonText.quote(sid) + ",\"upgrades\":[" + upgrades + "]" + limits;
    }
}
