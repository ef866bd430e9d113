package io.parley.websocket.client;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The host of a URL: an address or a name (WHATWG URL section 3.5). */
final class UrlHost {

    private static final String FORBIDDEN = " #/:<>?@[\\]^|%";
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private UrlHost() {}

    /**
     * The host in its normal form.
     *
     * @throws IllegalArgumentException if it is none, with what was expected as its message
     */
    static String parse(String text) {
        if (text.startsWith("[")) {
            return ipv6(text);
        }
        String name = ascii(PercentEncoding.decode(text));
        return endsInNumber(name) ? ipv4(name) : name;
    }

    private static String ipv6(String text) {
        String address = text.endsWith("]") ? text.substring(1, text.length() - 1) : "";
        boolean good = address.matches("[0-9A-Fa-f:.]+") && NetUtil.isValidIpV6Address(address);
        byte[] bytes = good ? NetUtil.createByteArrayFromIpAddressString(address) : null;
        if (bytes == null) {
            throw new IllegalArgumentException("an IPv6 address in brackets, such as [::1]");
        }
        return "[" + ipv6(ByteBuffer.wrap(bytes).asShortBuffer()) + "]";
    }

    /** In hexadecimal, with the first of the longest runs of zeros left out (RFC 5952). */
    private static String ipv6(ShortBuffer pieces) {
        List<String> numbers = new ArrayList<>();
        while (pieces.hasRemaining()) {
            numbers.add(Integer.toHexString(pieces.get() & 0xffff));
        }
        for (int run = numbers.size(); run > 1; run--) {
            int start = Collections.indexOfSubList(numbers, Collections.nCopies(run, "0"));
            if (start >= 0) {
                return String.join(":", numbers.subList(0, start))
                        + "::"
                        + String.join(":", numbers.subList(start + run, numbers.size()));
            }
        }
        return String.join(":", numbers);
    }

    private static String ascii(String name) {
        String ascii;
        try {
            ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notToBeConverted) {
            throw new IllegalArgumentException("a name of labels with at most 63 characters", notToBeConverted);
        }
        if (ascii.isEmpty()) {
            throw new IllegalArgumentException("a name or an address");
        }
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c <= ' ' || c >= 0x7f || FORBIDDEN.indexOf(c) >= 0) {
                throw new IllegalArgumentException("a name without any of " + FORBIDDEN.strip() + " and blanks");
            }
        }
        return ascii;
    }

    private static boolean endsInNumber(String name) {
        String[] labels = withoutFinalDot(name).split("\\.", -1);
        return NUMBER.matcher(labels[labels.length - 1]).matches();
    }

    private static String withoutFinalDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** One to four numbers, the last of which fills up the address; decimal, octal or hexadecimal. */
    private static String ipv4(String name) {
        String[] parts = withoutFinalDot(name).split("\\.", -1);
        if (parts.length > 4) {
            throw badIpv4();
        }
        long address = 0;
        for (int i = 0; i < parts.length - 1; i++) {
            address |= number(parts[i], 255) << (24 - 8 * i);
        }
        address |= number(parts[parts.length - 1], (1L << (8 * (5 - parts.length))) - 1);
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static long number(String text, long most) {
        if (!NUMBER.matcher(text).matches()) {
            throw badIpv4();
        }
        try {
            long value = value(text);
            if (value <= most) {
                return value;
            }
        } catch (NumberFormatException notOctal) {
            throw new IllegalArgumentException(badIpv4().getMessage(), notOctal);
        }
        throw badIpv4();
    }

    private static long value(String text) {
        if (text.startsWith("0x")) {
            return text.length() == 2 ? 0 : Long.parseLong(text.substring(2), 16);
        }
        return Long.parseLong(text, text.startsWith("0") && text.length() > 1 ? 8 : 10);
    }

    private static IllegalArgumentException badIpv4() {
        return new IllegalArgumentException("an IPv4 address such as 127.0.0.1, as it ends in a number");
    }
}
