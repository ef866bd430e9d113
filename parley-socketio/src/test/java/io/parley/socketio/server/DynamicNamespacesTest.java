package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.AckTimeoutException;
import io.parley.socketio.Arguments;
import io.parley.socketio.ConnectionRefused;
import io.parley.socketio.adapter.InMemoryAdapter;
import io.parley.testkit.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DynamicNamespacesTest {

    private static final Pattern TENANT = Pattern.compile("^/tenant-\\d+$");
    private static final String INVALID = "4/tenant-1,{\"message\":\"Invalid namespace\"}";

    private final TestServer server = new TestServer();
    private final List<String> log = new ArrayList<>();

    private static void expectJoined(TestClient client, String namespace) {
        assertThat(client.received()).hasSize(1).first().asString().startsWith("0" + namespace + ",{\"sid\":");
    }

    @Test
    void givenAPattern_whenAClientAsksForANameThatMatches_thenAChildComesIntoBeing() {
        ParentNamespace parent = server.io.of(TENANT);
        parent.onConnection(socket -> log.add("joined " + socket.namespace()));
        server.io.onNewNamespace(made -> log.add("new " + made));

        expectJoined(server.client().send("0/tenant-1,"), "/tenant-1");
        expectJoined(server.client().send("0/tenant-1,"), "/tenant-1");
        TestClient refused = server.client().send("0/tenant-x,");

        assertThat(log).containsExactly("new /tenant-1", "joined /tenant-1", "joined /tenant-1");
        assertThat(refused.received()).containsExactly("4/tenant-x,{\"message\":\"Invalid namespace\"}");
        assertThat(parent.name()).isEqualTo("/_0");
        assertThat(parent.children()).extracting(Namespace::name).containsExactly("/tenant-1");
        assertThat(server.io.of("tenant-1")).isIn(parent.children());
    }

    @Test
    void givenAListenerThatThrows_whenANamespaceComesIntoBeing_thenTheClientJoinsAndTheNextIsTold() {
        server.io.of(TENANT);
        server.io.onNewNamespace(made -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        server.io.onNewNamespace(made -> log.add("new " + made));

        expectJoined(server.client().send("0/tenant-1,"), "/tenant-1");

        assertThat(log).containsExactly("new /tenant-1");
    }

    @Test
    void givenAnAdapterThatCannotBeMade_whenAClientAsks_thenItIsRefusedAndDoesNotCount() {
        boolean[] broken = new boolean[1];
        TestServer fragile =
                new TestServer(options -> options.maxDynamicNamespaces(1).adapter(namespace -> {
                    if (broken[0]) {
                        throw new IllegalStateException("thrown on purpose by a test");
                    }
                    return new InMemoryAdapter(namespace);
                }));
        fragile.io.of(TENANT);
        broken[0] = true;

        TestClient refused = fragile.client().send("0/tenant-1,");
        broken[0] = false;

        assertThat(refused.received()).containsExactly("4/tenant-1,{\"message\":\"internal server error\"}");
        expectJoined(fragile.client().send("0/tenant-2,"), "/tenant-2");
    }

    @Test
    void givenAGateWithoutAnAnswer_whenAClientAsks_thenTheNextGateIsAsked() {
        server.io.ofAsync((name, auth) -> null);
        server.io.of(TENANT);

        expectJoined(server.client().send("0/tenant-1,"), "/tenant-1");
    }

    @Test
    void givenAPattern_whenTheServerAsksForANameThatMatches_thenItIsAChildToo() {
        ParentNamespace parent = server.io.of(TENANT);
        parent.onConnection(socket -> log.add("joined"));

        Namespace child = server.io.of("/tenant-7");
        expectJoined(server.client().send("0/tenant-7,"), "/tenant-7");

        assertThat(parent.children()).containsExactly(child);
        assertThat(log).containsExactly("joined");
        assertThat(server.io.of("/other")).isNotIn(parent.children());
    }

    @Test
    void givenAParent_whenAChildIsMade_thenItHasCopiesOfWhatTheParentHadThen() {
        ParentNamespace parent = server.io.of(TENANT);
        parent.use(socket -> log.add("first"));
        server.client().send("0/tenant-1,");
        parent.use(socket -> {
            throw new ConnectionRefused("later");
        });
        server.io.of("/tenant-1").onConnection(socket -> log.add("only here"));

        expectJoined(server.client().send("0/tenant-1,"), "/tenant-1");
        TestClient refused = server.client().send("0/tenant-2,");

        assertThat(log).containsExactly("first", "first", "only here", "first");
        assertThat(refused.received()).containsExactly("4/tenant-2,{\"message\":\"later\"}");
    }

    @Test
    void givenSeveralGates_whenAClientAsks_thenTheyAreTriedInOrderAndTheFirstYesCounts() {
        server.io.of((name, auth) -> {
            log.add("a " + name + " " + auth.string("who"));
            throw new ConnectionRefused("not here");
        });
        server.io.of((name, auth) -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        server.io.of((name, auth) -> auth.as(Integer.class) > 0);
        server.io.ofAsync((name, auth) -> CompletableFuture.failedFuture(new ConnectionRefused("nor here")));
        ParentNamespace yes = server.io.of((name, auth) -> true);
        server.io.of((name, auth) -> log.add("never asked"));

        expectJoined(server.client().send("0/x,{\"who\":\"ann\"}"), "/x");

        assertThat(log).containsExactly("a /x ann");
        assertThat(yes.children()).hasSize(1);
    }

    @Test
    void givenAGateThatAnswersLater_whenTheClientIsGoneOrAsksAnew_thenOnlyTheLastWishCounts() {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        server.io
                .ofAsync((name, auth) -> {
                    CompletableFuture<Boolean> answer = new CompletableFuture<>();
                    answers.add(answer);
                    return answer;
                })
                .onConnection(socket -> log.add(socket.handshake().auth().json()));
        TestClient client = server.client().send("0/tenant-1,{\"n\":1}", "0/tenant-1,{\"n\":2}");
        TestClient gone = server.client().send("0/tenant-2,");
        gone.lose();

        assertThat(client.received()).isEmpty();
        answers.forEach(answer -> answer.complete(true));

        expectJoined(client, "/tenant-1");
        assertThat(log).containsExactly("{\"n\":2}");
        assertThat(server.io.of("/tenant-2").sockets()).isEmpty();
        client.send("2/tenant-1,[\"fine\"]");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void givenAGateThatAnswersLater_whenTheNamespaceIsMadeMeanwhile_thenTheClientIsInItOnce() {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        server.io.ofAsync((name, auth) -> {
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
        });
        TestClient client = server.client().send("0/tenant-1,");
        Namespace made = server.io.of("/tenant-1");

        client.send("0/tenant-1,");
        answers.forEach(answer -> answer.complete(true));

        expectJoined(client, "/tenant-1");
        assertThat(made.sockets()).hasSize(1);
    }

    @Test
    void givenAGateThatNeverAnswers_whenConnectTimeoutHasPassed_thenTheClientIsClosed() {
        server.io.ofAsync((name, auth) -> new CompletableFuture<>());
        TestClient client = server.client().send("0/tenant-1,");

        server.advance(Duration.ofSeconds(46));

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void givenAParent_whenItEmits_thenAllChildrenHear() {
        ParentNamespace parent = server.io.of(TENANT);
        parent.onConnection(socket -> socket.join("room"));
        TestClient one = server.client().join("/tenant-1");
        TestClient two = server.client().join("/tenant-2");

        parent.emit("all", 1);
        parent.to("room").emit("room");
        parent.to("nobody").emit("never");
        parent.socketsLeave("room");
        parent.to("room").emit("never");
        parent.socketsJoin("other");
        parent.to("other").emit("other");

        assertThat(one.received())
                .containsExactly("2/tenant-1,[\"all\",1]", "2/tenant-1,[\"room\"]", "2/tenant-1,[\"other\"]");
        assertThat(two.received())
                .containsExactly("2/tenant-2,[\"all\",1]", "2/tenant-2,[\"room\"]", "2/tenant-2,[\"other\"]");
        parent.disconnectSockets(false);
        assertThat(one.received()).containsExactly("1/tenant-1,");
    }

    @Test
    void givenAParent_whenItAsksForAcknowledgements_thenThoseOfAllChildrenCome() {
        ParentNamespace parent = server.io.of(TENANT);
        assertThat(Deadline.get(parent.emitWithAck("nobody"))).isEmpty();
        TestClient one = server.client().join("/tenant-1");
        TestClient two = server.client().join("/tenant-2");

        CompletableFuture<List<Arguments>> all = parent.emitWithAck("q");
        assertThat(one.received()).containsExactly("2/tenant-1,0[\"q\"]");
        assertThat(two.received()).containsExactly("2/tenant-2,0[\"q\"]");
        one.send("3/tenant-1,0[1]");
        two.send("3/tenant-2,0[2]");
        CompletableFuture<List<Arguments>> some =
                parent.timeout(Duration.ofSeconds(1)).emitWithAck("q");
        server.run();
        one.send("3/tenant-1,1[3]");
        server.advance(Duration.ofSeconds(2));

        assertThat(Deadline.get(all)).extracting(reply -> reply.integer(0)).containsExactly(1, 2);
        assertThat(Deadline.failureOf(some))
                .isInstanceOfSatisfying(AckTimeoutException.class, timeout -> assertThat(timeout.replies())
                        .extracting(reply -> reply.integer(0))
                        .containsExactly(3));
    }

    @Test
    void givenAParent_whenSocketsAreFetched_thenItSaysThatItCannot() {
        ParentNamespace parent = server.io.of(TENANT);

        assertThatThrownBy(parent::fetchSockets)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("fetchSockets() is not supported on parent namespaces");
        assertThat(server.io.of((name, auth) -> false).name()).isEqualTo("/_1");
        assertThat(server.client().send("0/_0,").received())
                .containsExactly("4/_0,{\"message\":\"Invalid namespace\"}");
    }

    @Test
    void givenCleanup_whenTheLastSocketLeaves_thenTheChildIsGoneAndAnotherMayCome() {
        TestServer cleaning = new TestServer(options -> options.cleanupEmptyChildNamespaces(true));
        ParentNamespace parent = cleaning.io.of(TENANT);
        TestClient one = cleaning.client().join("/tenant-1");
        TestClient two = cleaning.client().join("/tenant-1");
        Namespace first = parent.children().iterator().next();
        cleaning.io.of("/plain");

        one.send("1/tenant-1,");
        assertThat(parent.children()).containsExactly(first);
        two.lose();

        assertThat(parent.children()).isEmpty();
        cleaning.client().join("/tenant-1");
        assertThat(parent.children()).hasSize(1).doesNotContain(first);
        cleaning.client().join("/plain").lose();
        assertThat(cleaning.client().join("/plain").isClosed()).isFalse();
    }

    @Test
    void givenCleanupAndAMiddlewareThatRefuses_whenNobodyIsIn_thenTheChildIsGone() {
        TestServer cleaning = new TestServer(options -> options.cleanupEmptyChildNamespaces(true));
        ParentNamespace parent = cleaning.io.of(TENANT);
        parent.use(socket -> {
            throw new ConnectionRefused("no");
        });

        TestClient client = cleaning.client().send("0/tenant-1,");

        assertThat(client.received()).containsExactly("4/tenant-1,{\"message\":\"no\"}");
        assertThat(parent.children()).isEmpty();
    }

    @Test
    void givenNoCleanup_whenTheLastSocketLeaves_thenTheChildStays() {
        ParentNamespace parent = server.io.of(TENANT);

        server.client().join("/tenant-1").lose();

        assertThat(parent.children()).hasSize(1);
    }

    @Test
    void givenMaxDynamicNamespaces_whenAClientAsksForOneMore_thenItIsRefusedUntilOneIsGone() {
        TestServer small =
                new TestServer(options -> options.maxDynamicNamespaces(1).cleanupEmptyChildNamespaces(true));
        small.io.of(TENANT);
        small.io.of("/tenant-9"); // the application's own do not count
        TestClient one = small.client().join("/tenant-1");
        TestClient two = small.client().send("0/tenant-2,");

        assertThat(two.received()).containsExactly("4/tenant-2,{\"message\":\"too many namespaces\"}");
        small.client().join("/tenant-1");
        one.lose();
        small.io.of("/tenant-1").disconnectSockets(false);
        small.run();

        two.join("/tenant-2");
    }

    @Test
    void givenMaxDynamicNamespaceLength_whenTheNameIsLonger_thenItIsInvalidAndNoGateIsAsked() {
        TestServer strict = new TestServer(options -> options.maxDynamicNamespaceLength(8));
        strict.io.of((name, auth) -> log.add(name));

        assertThat(strict.client().send("0/tenant-1,").received()).containsExactly(INVALID);
        strict.client().join("/tenant-");

        assertThat(log).containsExactly("/tenant-");
    }
}
