package io.mlcicd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the house that the design states, for the engine. */
class HouseRulesTest {

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mlcicd");

    private static final List<String> OPERATIONS =
            List.of("contract", "evaluation", "packaging", "deployment", "drift");

    private static final List<String> GROUND_FLOOR = List.of(
            "data",
            "gate",
            "lineage",
            "operation",
            "document",
            "statistic",
            "serving",
            "docker",
            "cloud",
            "training",
            "registry",
            "signature",
            "versioning",
            "mlflow");

    /** Watches over time what evaluation measures, with evaluation's own metrics. */
    private static final String PERFORMANCE = "io.mlcicd.drift.performance..";

    @Test
    void theEngineKnowsNeitherJenkinsNorTheCommand() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "org.jenkinsci..",
                        "io.jenkins..",
                        "org.kohsuke..",
                        "picocli..",
                        "io.mlcicd.cli..")
                .check(ENGINE);
    }

    @Test
    void theEngineDoesNotTalkToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.mlcicd.deployment.supervisor..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .because("it tells a Progress listener and returns results; the supervisor is a program of its own")
                .check(ENGINE);
    }

    @Test
    void theFiveOperationsDoNotKnowOneAnother() {
        for (String operation : OPERATIONS) {
            String[] others = OPERATIONS.stream()
                    .filter(other -> !other.equals(operation))
                    .map(other -> "io.mlcicd." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.mlcicd." + operation + "..")
                    .and()
                    .resideOutsideOfPackage(PERFORMANCE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(ENGINE);
        }
    }

    @Test
    void thePerformanceWatchKnowsNoOperationButEvaluation() {
        noClasses()
                .that()
                .resideInAPackage(PERFORMANCE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mlcicd.contract..", "io.mlcicd.packaging..", "io.mlcicd.deployment..", "io.mlcicd.drift")
                .because("it watches over time what evaluation measures, and nothing else")
                .check(ENGINE);
    }

    @Test
    void theGroundFloorStandsOnNothing() {
        String[] upstairs = List.of(
                        "contract", "evaluation", "packaging", "deployment", "drift", "report", "config", "pipeline")
                .stream()
                .map(name -> "io.mlcicd." + name + "..")
                .toArray(String[]::new);
        for (String ground : GROUND_FLOOR) {
            noClasses()
                    .that()
                    .resideInAPackage("io.mlcicd." + ground + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(upstairs)
                    .check(ENGINE);
        }
    }

    @Test
    void retrainingIsDecidedByGatesAndDocumentsAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.mlcicd.retrain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mlcicd.data..",
                        "io.mlcicd.contract..",
                        "io.mlcicd.evaluation..",
                        "io.mlcicd.packaging..",
                        "io.mlcicd.deployment..",
                        "io.mlcicd.drift..",
                        "io.mlcicd.report..",
                        "io.mlcicd.config..",
                        "io.mlcicd.pipeline..")
                .because("a drift check gives advice, and Jenkins decides by it; neither needs the other's rooms")
                .check(ENGINE);
    }

    @Test
    void operationsDoNotDrawReportsOrReadTheModelsFile() {
        noClasses()
                .that()
                .resideInAnyPackage(OPERATIONS.stream()
                        .map(name -> "io.mlcicd." + name + "..")
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.mlcicd.report..", "io.mlcicd.config..", "io.mlcicd.pipeline..")
                .check(ENGINE);
    }

    @Test
    void packagesAreNamedAfterTheDomain() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..manager..", "..misc..", "..helper..")
                .check(ENGINE);
    }
}
