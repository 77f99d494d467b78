package io.patop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the packages point one way: source, observation, reducer, dashboard, screen. */
class ArchitectureTest {

    private static JavaClasses program;

    @BeforeAll
    static void readTheProgram() {
        program = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.patop");
    }

    @Test
    void eachPackageUsesOnlyThoseBelowIt() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cluster")
                .definedBy("io.patop.cluster")
                .layer("json")
                .definedBy("io.patop.json")
                .layer("http")
                .definedBy("io.patop.http")
                .layer("patroni")
                .definedBy("io.patop.patroni")
                .layer("docker")
                .definedBy("io.patop.docker")
                .layer("haproxy")
                .definedBy("io.patop.haproxy")
                .layer("probe")
                .definedBy("io.patop.probe")
                .layer("watch")
                .definedBy("io.patop.watch")
                .layer("recording")
                .definedBy("io.patop.recording")
                .layer("drill")
                .definedBy("io.patop.drill")
                .layer("screen")
                .definedBy("io.patop.screen")
                .layer("command")
                .definedBy("io.patop.command")
                .layer("sim")
                .definedBy("io.patop.sim")
                .whereLayer("cluster")
                .mayNotAccessAnyLayer()
                .whereLayer("json")
                .mayNotAccessAnyLayer()
                .whereLayer("http")
                .mayNotAccessAnyLayer()
                .whereLayer("patroni")
                .mayOnlyAccessLayers("cluster", "http")
                .whereLayer("docker")
                .mayOnlyAccessLayers("cluster")
                .whereLayer("haproxy")
                .mayOnlyAccessLayers("cluster", "http")
                .whereLayer("probe")
                .mayOnlyAccessLayers("cluster")
                .whereLayer("watch")
                .mayOnlyAccessLayers("cluster", "json", "patroni", "docker", "haproxy", "probe")
                .whereLayer("recording")
                .mayOnlyAccessLayers("cluster", "docker", "haproxy", "probe", "watch")
                .whereLayer("drill")
                .mayOnlyAccessLayers("cluster", "docker", "haproxy", "probe", "watch")
                .whereLayer("screen")
                .mayOnlyAccessLayers("cluster", "json", "docker", "haproxy", "probe", "watch", "drill")
                .whereLayer("sim")
                .mayOnlyAccessLayers("cluster")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .check(program);
    }

    @Test
    void thereAreNoOtherPackages() {
        Set<String> packages = program.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(packages)
                .containsExactlyInAnyOrder(
                        "io.patop.cluster",
                        "io.patop.json",
                        "io.patop.http",
                        "io.patop.patroni",
                        "io.patop.docker",
                        "io.patop.haproxy",
                        "io.patop.probe",
                        "io.patop.watch",
                        "io.patop.recording",
                        "io.patop.drill",
                        "io.patop.screen",
                        "io.patop.command",
                        "io.patop.sim");
    }

    @Test
    void theDomainKnowsNoLibrary() {
        classes()
                .that()
                .resideInAPackage("io.patop.cluster")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.patop.cluster")
                .check(program);
    }

    @Test
    void theScreenDoesNoInputOrOutputButToTheTerminal() {
        noClasses()
                .that()
                .resideInAPackage("io.patop.screen")
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
                .haveNameMatching("io\\.patop\\.watch\\.(Reducer|.*Rules|Draft|Dashboard|Promotion)")
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
