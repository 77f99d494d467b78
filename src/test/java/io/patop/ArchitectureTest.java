package io.patop;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the packages point one way: source, observation, reducer, dashboard, screen. */
class ArchitectureTest {

    private static final String ROOT = "io.patop.";
    private static final long MOST_FILES = 40;

    private static JavaClasses program;

    @BeforeAll
    static void readTheProgram() {
        program = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.patop");
    }

    /** Each package of the program, and which others it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("time"),
            entry("text", "time"),
            entry("json"),
            entry("net"),
            entry("cluster", "text"),
            entry("patroni", "cluster", "net", "text"),
            entry("docker", "cluster", "net", "text"),
            entry("haproxy", "cluster", "net", "text"),
            entry("probe", "cluster", "text"),
            entry("history", "probe"),
            entry("watch.lanes"),
            entry("watch.model", "cluster", "docker", "haproxy", "probe", "text", "time", "watch.lanes"),
            entry("watch.bill", "cluster", "haproxy", "probe", "text", "time", "watch.model"),
            entry(
                    "watch.rules",
                    "cluster",
                    "docker",
                    "haproxy",
                    "probe",
                    "text",
                    "time",
                    "watch.bill",
                    "watch.lanes",
                    "watch.model"),
            entry("watch.forecast", "cluster", "text", "watch.bill", "watch.model", "watch.rules"),
            entry("watch.drawing", "text", "watch.lanes", "watch.model"),
            entry("watch.source", "cluster", "docker", "haproxy", "json", "patroni", "probe", "text", "watch.model"),
            entry("watch", "time", "watch.model", "watch.rules"),
            entry("control.journal", "cluster", "text"),
            entry("control.fault", "cluster", "control", "control.journal", "docker", "watch.model"),
            entry("control.place", "cluster", "control", "control.journal", "net", "text", "watch.model"),
            entry(
                    "control",
                    "cluster",
                    "docker",
                    "haproxy",
                    "patroni",
                    "text",
                    "watch.model",
                    "watch.rules",
                    "watch.source"),
            entry(
                    "recording",
                    "cluster",
                    "control",
                    "docker",
                    "haproxy",
                    "probe",
                    "text",
                    "time",
                    "watch",
                    "watch.lanes",
                    "watch.model",
                    "watch.rules"),
            entry(
                    "drill",
                    "cluster",
                    "control",
                    "docker",
                    "haproxy",
                    "probe",
                    "text",
                    "time",
                    "watch.bill",
                    "watch.drawing",
                    "watch.forecast",
                    "watch.lanes",
                    "watch.model"),
            entry("drill.random", "history", "probe", "text"),
            entry("screen.terminal", "text", "watch.model"),
            entry("screen.lanes", "screen.terminal", "text", "watch.lanes", "watch.model"),
            entry(
                    "screen.view",
                    "cluster",
                    "control",
                    "docker",
                    "haproxy",
                    "json",
                    "probe",
                    "screen.lanes",
                    "screen.terminal",
                    "text",
                    "time",
                    "watch.lanes",
                    "watch.bill",
                    "watch.forecast",
                    "watch.model",
                    "watch.rules",
                    "watch.source"),
            entry(
                    "screen.view.haproxy",
                    "cluster",
                    "control",
                    "haproxy",
                    "screen.lanes",
                    "screen.terminal",
                    "screen.view",
                    "text",
                    "watch.lanes",
                    "watch.model"),
            entry(
                    "screen",
                    "cluster",
                    "control",
                    "drill",
                    "haproxy",
                    "screen.lanes",
                    "screen.terminal",
                    "screen.view",
                    "screen.view.haproxy",
                    "text",
                    "time",
                    "watch.drawing",
                    "watch.bill",
                    "watch.forecast",
                    "watch.model",
                    "watch.rules",
                    "watch.source"),
            entry(
                    "command.random",
                    "cluster",
                    "command.live",
                    "command.shell",
                    "control",
                    "drill",
                    "drill.random",
                    "history",
                    "probe",
                    "sim",
                    "sim.core",
                    "sim.postgres",
                    "text",
                    "watch",
                    "watch.model"),
            entry("sim.http"),
            entry("sim.core", "sim.http"),
            entry("sim.rest", "sim.core", "sim.http"),
            entry("sim.docker", "sim.core", "sim.http"),
            entry("sim.haproxy", "sim.core", "sim.http"),
            entry("sim.postgres", "sim.core", "sim.http"),
            entry(
                    "command.shell",
                    "cluster",
                    "docker",
                    "drill",
                    "haproxy",
                    "json",
                    "patroni",
                    "probe",
                    "screen.terminal",
                    "text",
                    "watch.model",
                    "watch.source"),
            entry(
                    "command.configuration",
                    "command.shell",
                    "control.place",
                    "patroni",
                    "screen.terminal",
                    "text",
                    "watch.model"),
            entry("command.patronictl.table", "cluster", "command.shell", "text"),
            entry(
                    "command.patronictl",
                    "cluster",
                    "command.patronictl.table",
                    "command.shell",
                    "control",
                    "docker",
                    "patroni",
                    "screen.terminal",
                    "text",
                    "time",
                    "watch",
                    "watch.model",
                    "watch.rules",
                    "watch.source"),
            entry(
                    "command.live",
                    "cluster",
                    "command.configuration",
                    "command.shell",
                    "control",
                    "control.fault",
                    "control.journal",
                    "docker",
                    "drill",
                    "haproxy",
                    "net",
                    "patroni",
                    "probe",
                    "recording",
                    "screen",
                    "screen.terminal",
                    "screen.view",
                    "sim",
                    "sim.core",
                    "text",
                    "time",
                    "watch",
                    "watch.bill",
                    "watch.model",
                    "watch.rules",
                    "watch.source"),
            entry("sim", "sim.core", "sim.docker", "sim.haproxy", "sim.http", "sim.postgres", "sim.rest"));

    /** The command line wires all of them together, and nothing uses it. */
    private static final String COMMAND = "command";

    private static Map.Entry<String, Set<String>> entry(String name, String... mayUse) {
        return Map.entry(name, Set.of(mayUse));
    }

    @Test
    void eachPackageUsesOnlyThoseBelowIt() {
        ARROWS.forEach((name, mayUse) -> {
            String[] allowed = Stream.concat(Stream.of(name), mayUse.stream())
                    .map(other -> ROOT + other)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + name)
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.patop..").and(not(resideInAnyPackage(allowed))))
                    .check(program);
        });
    }

    /** The table above is itself without a circle. */
    @Test
    void noTwoPackagesUseEachOther() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(program);
    }

    @Test
    void thereAreNoOtherPackages() {
        Set<String> packages = program.stream()
                .map(type -> type.getPackageName().substring(ROOT.length()))
                .collect(Collectors.toSet());

        assertThat(packages)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(ARROWS.keySet().stream(), Stream.of(COMMAND))
                        .toList());
    }

    /** A package is looked through at a glance. Its package-info counts as a file. */
    @Test
    void noPackageHasManyFiles() {
        Map<String, Long> files = program.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(files.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void theDomainKnowsNoLibrary() {
        classes()
                .that()
                .resideInAPackage("io.patop.cluster")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.patop.cluster", "io.patop.text", "io.patop.time")
                .check(program);
    }

    @Test
    void theScreenDoesNoInputOrOutputButToTheTerminal() {
        noClasses()
                .that()
                .resideInAPackage("io.patop.screen..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "java.nio.file..", "java.nio.channels..", "org.apache..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(.*Socket.*|Inet.*|URL.*)")
                .check(program);
    }

    @Test
    void theReducerHasNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage("io.patop.watch.rules", "io.patop.watch.model")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(program);
    }

    @Test
    void namesSayWhatThingsAreInTheField() {
        noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)").check(program);
    }
}
