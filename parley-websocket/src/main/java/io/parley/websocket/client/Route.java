package io.parley.websocket.client;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where to open a network connection to get to a server: the first that takes one is used.
 *
 * @param hops not empty
 */
record Route(List<Hop> hops) {

    /**
     * Where to connect to.
     *
     * @param proxy what is there: the server itself for {@link java.net.Proxy.Type#DIRECT}
     * @param address resolved
     */
    record Hop(java.net.Proxy.Type proxy, InetSocketAddress address) {

        /** For messages. */
        String name() {
            return address.getHostString() + ":" + address.getPort();
        }
    }

    /**
     * Finds the way. It blocks.
     *
     * @throws IOException if a name is not known
     */
    static Route find(Target target, Proxy proxy) throws IOException {
        List<Hop> hops = new ArrayList<>();
        UnknownHostException unknown = null;
        for (java.net.Proxy candidate : proxy.select(target)) {
            try {
                hops.addAll(resolve(target, candidate));
            } catch (UnknownHostException other) {
                unknown = other;
            }
        }
        if (hops.isEmpty()) {
            throw requireNonNull(unknown, "a proxy selector that selects nothing");
        }
        return new Route(hops);
    }

    private static List<Hop> resolve(Target target, java.net.Proxy proxy) throws UnknownHostException {
        if (proxy.type() == java.net.Proxy.Type.DIRECT) {
            return resolve(java.net.Proxy.Type.DIRECT, target.bareHost(), target.port());
        }
        InetSocketAddress address = (InetSocketAddress) proxy.address();
        return resolve(proxy.type(), address.getHostString(), address.getPort());
    }

    private static List<Hop> resolve(java.net.Proxy.Type type, String host, int port) throws UnknownHostException {
        List<Hop> hops = new ArrayList<>();
        for (InetAddress address : lookUp(host)) {
            hops.add(new Hop(type, new InetSocketAddress(address, port)));
        }
        return hops;
    }

    private static InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            UnknownHostException clearer = new UnknownHostException("Host " + host + " is not known");
            clearer.initCause(unknown);
            throw clearer;
        }
    }
}
