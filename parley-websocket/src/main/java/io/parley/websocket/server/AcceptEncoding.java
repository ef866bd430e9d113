package io.parley.websocket.server;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The content codings a client accepts, and how gladly (RFC 9110 section 12.5.3).
 *
 * <p><b>Threading.</b> Immutable.
 */
final class AcceptEncoding {

    private static final int LEAST = 1; // an identity that was not named: acceptable, but the last choice

    private final Map<String, Integer> weights = new HashMap<>(); // in thousandths

    private AcceptEncoding() {}

    static AcceptEncoding parse(List<String> fields) {
        AcceptEncoding accepted = new AcceptEncoding();
        for (String coding : String.join(",", fields).split(",", -1)) {
            String[] nameAndParameters = coding.toLowerCase(Locale.ROOT).split(";", -1);
            accepted.weights.putIfAbsent(nameAndParameters[0].strip(), weight(nameAndParameters));
        }
        return accepted;
    }

    private static int weight(String[] nameAndParameters) {
        for (int i = 1; i < nameAndParameters.length; i++) {
            String parameter = nameAndParameters[i].strip();
            if (parameter.startsWith("q=")) {
                return thousandths(parameter.substring(2));
            }
        }
        return 1000;
    }

    /** A weight that cannot be read is none. */
    private static int thousandths(String weight) {
        return weight.matches("[01](\\.[0-9]{0,3})?")
                ? (int) Math.min(1000, Math.round(Double.parseDouble(weight) * 1000))
                : 0;
    }

    /** How gladly a coding is taken, in thousandths; 0 for not at all. */
    int weight(String coding) {
        Integer named = weights.get(coding);
        return named != null ? named : weights.getOrDefault("*", 0);
    }

    /** How gladly the file as it is is taken, in thousandths. */
    int identityWeight() {
        Integer named = weights.get("identity");
        return named != null ? named : LEAST;
    }
}
