package io.parley.engineio.server;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Addresses whose first bits are the same.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class IpNetwork {

    private final byte[] address;
    private final int bits;

    private IpNetwork(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /**
     * Reads an address, or an address and a number of bits after a slash.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static IpNetwork parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        int all = address == null ? 0 : address.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? all : bits(text.substring(slash + 1));
        if (address == null || bits < 0 || bits > all) {
            throw new IllegalArgumentException("trusted proxy: " + text
                    + " (expected: an address such as 10.0.0.7, or a network such as 10.0.0.0/8)");
        }
        return new IpNetwork(address.getAddress(), bits);
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    boolean contains(@Nullable InetAddress other) {
        return other != null && other.getAddress().length == address.length && hasSameBits(other.getAddress());
    }

    private boolean hasSameBits(byte[] other) {
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((address[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
