package io.parley.cli;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;

/** Under which addresses a server that listens on a host can be reached. */
final class Addresses {

    private Addresses() {}

    /** Whether only this computer reaches a server on that host. */
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The hosts to tell people, for one that stands for all of this computer's addresses; else just that one. */
    static List<String> reachable(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress() ? ofThisComputer() : List.of(host);
        } catch (UnknownHostException | SocketException e) {
            return List.of(host);
        }
    }

    private static List<String> ofThisComputer() throws SocketException {
        List<String> addresses = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .filter(address -> !(address instanceof Inet6Address))
                .map(InetAddress::getHostAddress)
                .toList();
        return addresses.isEmpty() ? List.of("127.0.0.1") : addresses;
    }

    /** The URL of the page. */
    static String url(String host, int port) {
        String inUrl = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + inUrl + ":" + port + "/";
    }
}
