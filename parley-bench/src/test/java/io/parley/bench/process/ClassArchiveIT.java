package io.parley.bench.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.bench.peer.PeerKind;
import io.parley.bench.peer.PeerProgram;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of the program in the jar, for archives are of jars only. */
class ClassArchiveIT {

    private static final String JAR = Path.of("target", "parley-bench.jar").toString();
    private static final String FROM_ARCHIVE = PeerProgram.class.getName() + " source: shared objects file";

    @TempDir
    private Path folder;

    @Test
    void givenAnArchive_whenTheProgramRuns_thenItsClassesComeOutOfIt() throws IOException {
        ClassArchive archive = ClassArchive.make(folder, "parley", ClassArchiveIT::program, ClassArchiveIT::ask);

        assertThat(loadedBy(archive.jvmOptions())).contains(FROM_ARCHIVE);
        assertThat(loadedBy(List.of())).doesNotContain(FROM_ARCHIVE);
    }

    @Test
    void givenATrainingThatFails_whenMade_thenItsReasonIsThrownAndNoArchiveIsLeft() {
        assertThatThrownBy(() -> ClassArchive.make(folder, "parley", ClassArchiveIT::program, server -> {
                    throw new IOException("a wrong answer");
                }))
                .hasMessage("a wrong answer");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void givenAFolderAmongTheJars_whenAsked_thenNoArchiveIsPossible() {
        assertThat(ClassArchive.isPossible(JAR)).isTrue();
        assertThat(ClassArchive.isPossible(JAR + File.pathSeparator + folder)).isFalse();
    }

    private static ProcessBuilder program(List<String> jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", JAR, PeerProgram.class.getName(), PeerKind.PARLEY.key(), "socket.io"));
        return new ProcessBuilder(command);
    }

    private static void ask(PeerProcess server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).asString().startsWith("HTTP/1.1 404");
        }
    }

    /** The JVM's account of the classes that it has loaded until the program listens. */
    private String loadedBy(List<String> jvmOptions) throws IOException {
        Path log = folder.resolve("classes.log");
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-Xlog:class+load:file=" + log);
        try (PeerProcess server = PeerProcess.start(program(options))) {
            ask(server);
        }
        return Files.readString(log);
    }
}
