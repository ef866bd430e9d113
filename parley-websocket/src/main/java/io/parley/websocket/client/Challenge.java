package io.parley.websocket.client;

import io.parley.websocket.http.HttpSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server or a proxy wants to see before it serves (RFC 9110 section 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by name, in any case
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final Pattern ELEMENT = Pattern.compile(
            "\\G[ \\t,]*(?:([^\\s,=\"]+)[ \\t]+(?![=]))?(?:([^\\s,=\"]+)[ \\t]*=[ \\t]*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]*))|([^\\s,=\"]+))?(?=[ \\t]*(?:,|$))");

    /** The challenges in header fields, in order; what cannot be read ends them. */
    static List<Challenge> parse(List<String> fields) {
        List<Challenge> challenges = new ArrayList<>();
        for (String field : fields) {
            parse(field, challenges);
        }
        return challenges;
    }

    private static void parse(String field, List<Challenge> challenges) {
        Matcher element = ELEMENT.matcher(field);
        while (element.find() && element.end() > element.start()) {
            String scheme = element.group(1) != null ? element.group(1) : element.group(5);
            if (scheme != null && HttpSyntax.isToken(scheme)) {
                challenges.add(
                        new Challenge(scheme.toLowerCase(Locale.ROOT), new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
            }
            if (element.group(2) != null && !challenges.isEmpty()) {
                String quoted = element.group(3);
                String value = quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : element.group(4);
                challenges.get(challenges.size() - 1).parameters.putIfAbsent(element.group(2), value);
            }
        }
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
