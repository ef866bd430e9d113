package io.parley.websocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Answers challenges: by digest with SHA-256 or MD5 (RFC 7616), or else in plain words (RFC 7617). */
final class Authorization {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> DIGESTS = List.of("SHA-256", "MD5"); // the best first
    private static final String FIRST_USE = "00000001"; // of a nonce: every request has a connection of its own

    private Authorization() {}

    /**
     * The value of the field that answers the best of some challenges.
     *
     * @param uri the request's target
     * @return null when there is none to be answered
     */
    static @Nullable String answer(List<Challenge> challenges, Credentials who, String method, String uri) {
        for (String algorithm : DIGESTS) {
            for (Challenge challenge : challenges) {
                if (isDigest(challenge, algorithm)) {
                    return digest(challenge, algorithm, who, method, uri, newClientNonce());
                }
            }
        }
        return challenges.stream().anyMatch(challenge -> challenge.scheme().equals("basic")) ? basic(who) : null;
    }

    private static boolean isDigest(Challenge challenge, String algorithm) {
        return challenge.scheme().equals("digest")
                && baseOf(algorithmOf(challenge)).equals(algorithm)
                && (challenge.parameter("qop").isEmpty() || offersAuth(challenge));
    }

    private static boolean offersAuth(Challenge challenge) {
        return List.of(challenge.parameter("qop").toLowerCase(Locale.ROOT).split("[ ,]+"))
                .contains("auth");
    }

    private static String algorithmOf(Challenge challenge) {
        String named = challenge.parameter("algorithm");
        return named.isEmpty() ? "MD5" : named.toUpperCase(Locale.ROOT);
    }

    private static String baseOf(String algorithm) {
        return algorithm.endsWith("-SESS") ? algorithm.substring(0, algorithm.length() - 5) : algorithm;
    }

    private static String basic(Credentials who) {
        return "Basic " + Base64.getEncoder().encodeToString((who.user() + ":" + who.password()).getBytes(UTF_8));
    }

    private static String newClientNonce() {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }

    /** RFC 7616 section 3.4. */
    static String digest(
            Challenge challenge, String hash, Credentials who, String method, String uri, String clientNonce) {
        String realm = challenge.parameter("realm");
        String nonce = challenge.parameter("nonce");
        boolean withQop = offersAuth(challenge);
        boolean hashedUser = challenge.parameter("userhash").equalsIgnoreCase("true");

        String secret = hash(hash, who.user() + ":" + realm + ":" + who.password());
        if (algorithmOf(challenge).endsWith("-SESS")) {
            secret = hash(hash, secret + ":" + nonce + ":" + clientNonce);
        }
        String request = hash(hash, method + ":" + uri);
        String between = withQop ? nonce + ":" + FIRST_USE + ":" + clientNonce + ":auth" : nonce;

        StringJoiner answer = new StringJoiner(", ", "Digest ", "")
                .add(hashedUser ? quoted("username", hash(hash, who.user() + ":" + realm)) : user(who.user()))
                .add(quoted("realm", realm))
                .add(quoted("nonce", nonce))
                .add(quoted("uri", uri))
                .add(quoted("response", hash(hash, secret + ":" + between + ":" + request)));
        if (!challenge.parameter("algorithm").isEmpty()) {
            answer.add("algorithm=" + challenge.parameter("algorithm"));
        }
        if (withQop) {
            answer.add("qop=auth").add("nc=" + FIRST_USE).add(quoted("cnonce", clientNonce));
        }
        if (challenge.parameters().containsKey("opaque")) {
            answer.add(quoted("opaque", challenge.parameter("opaque")));
        }
        if (hashedUser) {
            answer.add("userhash=true");
        }
        return answer.toString();
    }

    private static String user(String name) {
        return name.matches("[ -~]*")
                ? quoted("username", name)
                : "username*=UTF-8''" + PercentEncoding.encode(name, PercentEncoding.USER_INFO + "%'()*,");
    }

    private static String quoted(String name, String value) {
        return name + "=\"" + value.replaceAll("([\"\\\\])", "\\\\$1") + "\"";
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) { // every Java platform has both
            throw new AssertionError(impossible);
        }
    }
}
