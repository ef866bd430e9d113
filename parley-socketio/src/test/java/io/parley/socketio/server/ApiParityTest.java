package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each public member of the official server's type declarations has a line in the guide, and a method here or a reason. */
class ApiParityTest {

    private static final Path DECLARATIONS = Path.of("../parley-testkit/target/npm/node_modules/socket.io/dist");
    private static final Path GUIDE = Path.of("../docs/coming-from-socketio-node.md");
    private static final Pattern MEMBER = Pattern.compile(
            "(?m)^    (?!private|protected|static|constructor|_)(?:readonly |get |set |async )*([a-zA-Z]\\w*)\\??\\s*[(:<;]");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (?:`(\\w+)\\(.*?\\)`|(–)) \\|(.*)\\|$");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");

    @ParameterizedTest
    @CsvSource({
        "index, Server, io.parley.socketio.server.SocketIoServer",
        "namespace, Namespace, io.parley.socketio.server.Namespace",
        "parent-namespace, ParentNamespace, io.parley.socketio.server.ParentNamespace",
        "socket, Socket, io.parley.socketio.server.Socket",
        "broadcast-operator, BroadcastOperator, io.parley.socketio.server.BroadcastOperator",
        "broadcast-operator, RemoteSocket, io.parley.socketio.server.RemoteSocket",
    })
    void givenAnOfficialClass_whenItsMembersAreLookedUp_thenEachIsHereOrHasAReason(
            String file, String name, Class<?> ours) throws IOException {
        Set<String> members = members(file, name);
        Map<String, MatchResult> rows = rows(name);

        assertThat(members).isNotEmpty();
        assertThat(rows.keySet()).containsExactlyElementsOf(members);
        assertThat(rows.values()).allSatisfy(row -> {
            if (row.group(2) == null) {
                assertThat(row.group(4))
                        .as("the reason why there is no %s", row.group(1))
                        .isNotBlank();
            } else {
                assertThat(Arrays.stream(ours.getMethods()).map(Method::getName))
                        .contains(row.group(2));
            }
        });
    }

    private static Set<String> members(String file, String name) throws IOException {
        String text = COMMENT.matcher(Files.readString(DECLARATIONS.resolve(file + ".d.ts")))
                .replaceAll("");
        Matcher start =
                Pattern.compile("export declare class " + name + "\\b.*\n").matcher(text);
        assertThat(start.find()).as("a declaration of %s", name).isTrue();
        String body = text.substring(start.end(), text.indexOf("\n}", start.end()));
        Set<String> members = new LinkedHashSet<>();
        MEMBER.matcher(body).results().forEach(member -> members.add(member.group(1)));
        return members;
    }

    private static Map<String, MatchResult> rows(String name) throws IOException {
        String section =
                Files.readString(GUIDE).split("(?m)^## " + name + "$", -1)[1].split("(?m)^## ", -1)[0];
        Map<String, MatchResult> rows = new LinkedHashMap<>();
        ROW.matcher(section).results().forEach(row -> rows.put(row.group(1), row));
        return rows;
    }
}
