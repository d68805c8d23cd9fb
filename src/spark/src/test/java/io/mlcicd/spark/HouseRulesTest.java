package io.mlcicd.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of the house for the part on Spark. */
class HouseRulesTest {

    private static final JavaClasses SPARK = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mlcicd.spark");

    @Test
    void theDriverKnowsSparkAndJavaAlone() {
        classes()
                .that()
                .resideInAPackage("io.mlcicd.spark.driver..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "scala..",
                        "org.apache.spark..",
                        "org.apache.hadoop..",
                        "org.apache.datasketches..",
                        "io.mlcicd.spark.driver..")
                .because("a cluster's class path has other versions of our libraries")
                .check(SPARK);
    }

    @Test
    void whatAsksSparkRunsWithoutIt() {
        noClasses()
                .that()
                .resideInAPackage("io.mlcicd.spark")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
                .because("the command and the plugin come without Spark")
                .check(SPARK);
    }
}
