package io.parley.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes: {@code 4096}, {@code 64K}, {@code 16M}, {@code 1G}; K is 1024. */
final class ByteSize implements ITypeConverter<Integer> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,10})([KMG]?)I?B?");
    private static final String UNITS = "KMG";

    @Override
    public Integer convert(String text) {
        Matcher parts = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!parts.matches()) {
            throw refusal(text);
        }
        int shift = parts.group(2).isEmpty() ? 0 : 10 * (1 + UNITS.indexOf(parts.group(2)));
        long bytes = Long.parseLong(parts.group(1)) << shift;
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw refusal(text);
        }
        return (int) bytes;
    }

    private static TypeConversionException refusal(String text) {
        return new TypeConversionException(
                "'" + text + "' (expected: 1 byte to 2 GiB less one, for example 4096, 64K or 16M)");
    }
}
