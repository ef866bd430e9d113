package io.parley.chat.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.parley.chat.domain.User;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/**
 * Issues and checks session tokens: JSON Web Tokens signed with HMAC SHA-256 (RFC 7519, RFC 7518 section 3.2). A token
 * says who somebody is, not that they may do more than others.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
public final class Sessions {

    private static final int MAX_TOKEN_LENGTH = 2048;
    private static final String NAME = "name";

    private final MACSigner signer;
    private final MACVerifier verifier;
    private final Duration lifetime;
    private final Clock clock;

    private Sessions(byte[] key, Duration lifetime, Clock clock) throws JOSEException {
        this.signer = new MACSigner(key);
        this.verifier = new MACVerifier(key);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * Sessions signed with the key in {@code keyFile}, which is made, readable by its owner only, if there is none.
     *
     * @param lifetime how long a token is good for
     * @throws IOException if the file cannot be read or written, or holds no key
     */
    public static Sessions with(Path keyFile, Duration lifetime, Clock clock) throws IOException {
        try {
            return new Sessions(SessionKey.in(keyFile), lifetime, clock);
        } catch (JOSEException e) {
            throw new IOException(keyFile + ": the key does not sign", e);
        }
    }

    /** A new token for somebody. */
    public String issue(User user) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(user.id())
                .claim(NAME, user.name())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("A session cannot be signed", e);
        }
        return token.serialize();
    }

    /** Who the token was issued to; empty if it is not one of ours, was changed, or is too old. */
    public Optional<User> verify(String token) {
        if (token.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            return jwt.verify(verifier) ? userOf(jwt.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            return Optional.empty(); // a peer's mistake, or a token of another server: not worth a word
        }
    }

    private Optional<User> userOf(JWTClaimsSet claims) throws ParseException {
        Date expires = claims.getExpirationTime();
        String id = claims.getSubject();
        String name = claims.getStringClaim(NAME);
        boolean valid =
                expires != null && id != null && name != null && clock.instant().isBefore(expires.toInstant());
        return valid ? Optional.of(new User(id, name, false)) : Optional.empty();
    }
}
