package io.parley.cli.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** How a binary message stands in a line. */
public enum BinaryForm {
    /** Two digits a byte; blanks between them are allowed. */
    HEX {
        @Override
        byte[] parse(String line) {
            return HexFormat.of().parseHex(line.replace(" ", ""));
        }

        @Override
        byte[] print(byte[] message) {
            return HexFormat.of().formatHex(message).getBytes(US_ASCII);
        }
    },
    /** Base 64, RFC 4648 section 4. */
    BASE64 {
        @Override
        byte[] parse(String line) {
            return Base64.getDecoder().decode(line.strip());
        }

        @Override
        byte[] print(byte[] message) {
            return Base64.getEncoder().encode(message);
        }
    },
    /** The bytes as they are; a line that is typed is UTF-8. */
    TEXT {
        @Override
        byte[] parse(String line) {
            return line.getBytes(UTF_8);
        }

        @Override
        byte[] print(byte[] message) {
            return message;
        }
    };

    private static final int SHOWN_CHARACTERS = 40;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The message that a line stands for.
     *
     * @throws IllegalArgumentException if the line is of another form
     */
    final byte[] read(String line) {
        try {
            return parse(line);
        } catch (IllegalArgumentException notOfThisForm) {
            throw new IllegalArgumentException(
                    "'" + shortened(line) + "' (expected: a binary message in " + this + ", see --binary-as)",
                    notOfThisForm);
        }
    }

    abstract byte[] parse(String line);

    /** The bytes that stand for a message. */
    abstract byte[] print(byte[] message);

    private static String shortened(String line) {
        return line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "…" : line;
    }
}
