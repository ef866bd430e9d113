package io.parley.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The layers and what each may know; see ARCHITECTURE.md. */
@AnalyzeClasses(
        packages = "io.parley",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeTestJars.class})
class ArchitectureTest {

    /** What a module's tests lend to the tests of others. */
    static final class DoNotIncludeTestJars implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String[] ENGINES = {"io.parley.*.frame..", "io.parley.*.packet.."};
    private static final String[] NOT_EXPORTED = {"io.parley.websocket.connection..", "io.parley.websocket.http.."};
    private static final String[] JSON_LIBRARIES = {"tools.jackson..", "com.fasterxml.jackson..", "com.google.gson.."};

    @ArchTest
    static final ArchRule importsPointDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("bench")
            .definedBy("io.parley.bench..")
            .layer("command")
            .definedBy("io.parley.cli..")
            .layer("chat")
            .definedBy("io.parley.chat..")
            .layer("webtransport")
            .definedBy("io.parley.webtransport..")
            .layer("socketio")
            .definedBy("io.parley.socketio..")
            .layer("engineio")
            .definedBy("io.parley.engineio..")
            .layer("load")
            .definedBy("io.parley.load..")
            .layer("websocket")
            .definedBy("io.parley.websocket..")
            .layer("testkit")
            .definedBy("io.parley.testkit..")
            .whereLayer("bench")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("command")
            .mayOnlyBeAccessedByLayers("bench")
            .whereLayer("chat")
            .mayOnlyBeAccessedByLayers("command", "bench")
            .whereLayer("socketio")
            .mayOnlyBeAccessedByLayers("chat", "command", "bench")
            .whereLayer("webtransport")
            .mayOnlyBeAccessedByLayers("chat", "command", "bench")
            .whereLayer("engineio")
            .mayOnlyBeAccessedByLayers("webtransport", "socketio", "chat", "command", "bench")
            .whereLayer("load")
            .mayOnlyBeAccessedByLayers("command", "bench")
            .whereLayer("load")
            .mayNotAccessAnyLayer()
            .whereLayer("testkit")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("testkit")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.parley.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule serversKnowNoClient = noClasses()
            .that()
            .resideInAPackage("io.parley.*.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.parley.*.client..");

    @ArchTest
    static final ArchRule clientsKnowNoServer = noClasses()
            .that()
            .resideInAPackage("io.parley.*.client..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.parley.*.server..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule enginesOpenNothing = noClasses()
            .that()
            .resideInAnyPackage(ENGINES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.nio.channels..",
                    "io.netty.channel..",
                    "io.netty.bootstrap..",
                    "io.parley.*.server..",
                    "io.parley.*.client..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Socket.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ServerSocket.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executor.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule nettyStaysBelow = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.parley.websocket..", "io.parley.webtransport..", "io.parley.load..", "io.parley.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule nettyStaysInside = classes()
            .that(areVisibleToUsers())
            .and()
            .resideOutsideOfPackages(ENGINES)
            .and()
            .resideOutsideOfPackages(NOT_EXPORTED)
            .and()
            .resideOutsideOfPackage("io.parley.testkit..")
            .should(new NotShow(resideInAPackage("io.netty..")));

    @ArchTest
    static final ArchRule jsonLibrariesStayInside =
            classes().that(areVisibleToUsers()).should(new NotShow(resideInAnyPackage(JSON_LIBRARIES)));

    @ArchTest
    static void oneJsonPackageAModule(JavaClasses classes) {
        Set<String> packages = classes.stream()
                .filter(type -> dependsOn(type, resideInAnyPackage(JSON_LIBRARIES)))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).hasSizeLessThanOrEqualTo(1);
    }

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        Set<String> unmarked = classes.stream()
                .map(JavaClass::getPackage)
                .filter(doNot(markedPackage()))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked)
                .as("packages without @NullMarked in a package-info")
                .isEmpty();
    }

    /** A member of an interface is public by itself, but nobody sees more of it than of the interface. */
    private static DescribedPredicate<JavaClass> areVisibleToUsers() {
        return DescribedPredicate.describe("are visible to users", ArchitectureTest::isVisibleToUsers);
    }

    private static boolean isVisibleToUsers(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass()
                        .map(ArchitectureTest::isVisibleToUsers)
                        .orElse(true);
    }

    private static DescribedPredicate<JavaPackage> markedPackage() {
        return DescribedPredicate.describe("@NullMarked", folder -> folder.isAnnotatedWith(NullMarked.class));
    }

    private static boolean dependsOn(JavaClass type, DescribedPredicate<JavaClass> target) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .anyMatch(target);
    }
}
