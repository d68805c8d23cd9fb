package io.mlcicd.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of the house that the design states, for the command. */
class HouseRulesTest {

    private static final JavaClasses COMMAND = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mlcicd.cli");

    @Test
    void theCommandParsesCallsAndPresentsOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "io.jenkins..",
                        "java.sql..",
                        "org.duckdb..",
                        "com.google.cloud..",
                        "org.apache.commons.statistics..")
                .because("a rule about models or data found here would be in the wrong room")
                .check(COMMAND);
    }

    @Test
    void theCommandDoesNotRunOperationsPastTheProject() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mlcicd.evaluation..", "io.mlcicd.drift..", "io.mlcicd.packaging..", "io.mlcicd.contract..")
                .check(COMMAND);
    }
}
