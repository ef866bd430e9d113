package io.parley.socketio.packet;

import java.math.BigDecimal;

/** Reads the numbers of a JSON text that was found valid, the way JavaScript does. */
final class JsonNumbers {

    private static final int SAFE_LONG_CHARS = 18; // so many digits fit a long

    private JsonNumbers() {}

    /** A {@link Long} if the number is written as an integer and fits, else a {@link Double}. */
    static Number decode(String text, int start, int end) {
        if (isShortInteger(text, start, end)) {
            return Long.parseLong(text, start, end, 10);
        }
        String number = text.substring(start, end);
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException expected) { // a fraction, an exponent or too many digits
            return Double.parseDouble(number);
        }
    }

    private static boolean isShortInteger(String text, int start, int end) {
        if (end - start > SAFE_LONG_CHARS) {
            return false;
        }
        for (int i = text.charAt(start) == '-' ? start + 1 : start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** The number as JavaScript's {@code String(number)} writes it. */
    static String toJavaScript(Number number) {
        double value = number.doubleValue();
        if (Math.abs(value) < 0x1p53 && value == Math.rint(value)) {
            return Long.toString((long) value);
        }
        if (Double.isInfinite(value)) {
            return Double.toString(value);
        }
        double size = Math.abs(value);
        return size >= 1e-6 && size < 1e21
                ? new BigDecimal(Double.toString(value)).toPlainString()
                : withExponent(Double.toString(value));
    }

    /** From {@code 1.0E21} to {@code 1e+21}. */
    private static String withExponent(String java) {
        String javaScript = java.replace(".0E", "E").replace('E', 'e');
        return javaScript.contains("e-") ? javaScript : javaScript.replace("e", "e+");
    }
}
