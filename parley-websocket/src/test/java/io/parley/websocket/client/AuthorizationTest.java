package io.parley.websocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Challenges and their answers, with the examples of RFC 7616 section 3.9 and RFC 7617. */
class AuthorizationTest {

    private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life");

    @Test
    void givenTheExampleWithSha256_whenAnswered_thenItIsThatOfTheStandard() {
        Challenge challenge = Challenge.parse(List.of("Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
                        + " algorithm=SHA-256, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""))
                .get(0);

        String answer = Authorization.digest(
                challenge, "SHA-256", MUFASA, "GET", "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

        assertThat(answer)
                .isEqualTo("Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\","
                        + " response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\","
                        + " algorithm=SHA-256, qop=auth, nc=00000001,"
                        + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    @Test
    void givenTheExampleWithMd5_whenAnswered_thenItIsThatOfTheStandard() {
        Challenge challenge = Challenge.parse(List.of("Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
                        + " algorithm=MD5, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\""))
                .get(0);

        String answer = Authorization.digest(
                challenge, "MD5", MUFASA, "GET", "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

        assertThat(answer).contains(" response=\"8ca523f5e9506fed4657c9700eebdbec\",");
    }

    @Test
    void givenAnOldServerWithoutQop_whenAnswered_thenItIsByTheOldRule() {
        List<Challenge> challenges = Challenge.parse(List.of("Digest realm=\"testrealm@host.com\", nonce=\"dcd98b\""));

        String answer = Authorization.answer(challenges, MUFASA, "GET", "/");

        assertThat(answer)
                .matches("Digest username=\"Mufasa\", realm=\"testrealm@host\\.com\", nonce=\"dcd98b\","
                        + " uri=\"/\", response=\"[0-9a-f]{32}\"");
    }

    @Test
    void givenASessionAlgorithmAndAHashedName_whenAnswered_thenBothAreUsed() {
        List<Challenge> challenges = Challenge.parse(List.of(
                "Digest realm=\"api@example.org\", nonce=\"n\", qop=auth, algorithm=SHA-256-sess, userhash=true"));

        String answer = Authorization.answer(challenges, MUFASA, "GET", "/");

        assertThat(answer).matches("Digest username=\"[0-9a-f]{64}\", .* algorithm=SHA-256-sess, .* userhash=true");
    }

    @Test
    void givenANameThatIsNotAscii_whenAnswered_thenItIsEncoded() {
        List<Challenge> challenges = Challenge.parse(List.of("Digest realm=\"r\", nonce=\"n\", qop=auth"));

        String answer = Authorization.answer(challenges, new Credentials("Jäsøn \r\n", "x"), "GET", "/");

        assertThat(answer).startsWith("Digest username*=UTF-8''J%C3%A4s%C3%B8n%20%0D%0A, realm=\"r\"");
    }

    @Test
    void givenNoChallengeThatIsKnown_whenAnswered_thenThereIsNoAnswer() {
        assertThat(answerTo("Negotiate")).isNull();
        assertThat(answerTo("Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256, qop=auth"))
                .isNull();
        assertThat(answerTo("Digest realm=\"r\", nonce=\"n\", qop=auth-int")).isNull();
        assertThat(answerTo("")).isNull();
    }

    @Test
    void givenBasicAmongOthers_whenAnswered_thenItIsTakenLast() {
        assertThat(answerTo("Negotiate abc==, BASIC realm=\"a \\\"b\\\"\", Bearer"))
                .isEqualTo("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl");
        assertThat(answerTo("Basic realm=x, Digest realm=\"r\", nonce=\"n\"")).startsWith("Digest ");
    }

    @Test
    void givenSeveralChallenges_whenParsed_thenEachHasItsParameters() {
        List<Challenge> challenges = Challenge.parse(
                List.of(" Negotiate abc== ,Basic realm = \"a \\\"b\\\", c\", charset=UTF-8,", "Bearer"));

        assertThat(challenges).extracting(Challenge::scheme).containsExactly("negotiate", "basic", "bearer");
        assertThat(challenges.get(1).parameter("REALM")).isEqualTo("a \"b\", c");
        assertThat(challenges.get(1).parameter("charset")).isEqualTo("UTF-8");
    }

    private static @Nullable String answerTo(String challenge) {
        return Authorization.answer(Challenge.parse(List.of(challenge)), MUFASA, "GET", "/");
    }
}
