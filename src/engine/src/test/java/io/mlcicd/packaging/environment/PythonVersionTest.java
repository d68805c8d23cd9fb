package io.mlcicd.packaging.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions by PEP 440 and by Poetry's "Dependency specification", whose tables name most of these. */
class PythonVersionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ">=3.10        | 3.12",
                ">=3.13        | 3.13",
                ">=3.9,<3.12   | 3.11",
                ">=3.8 <3.10   | 3.9",
                "~=3.10.2      | 3.10",
                "~=3.10        | 3.12",
                "==3.9.*       | 3.9",
                "^3.8          | 3.12",
                "~3.10         | 3.10",
                ">3.12         | 3.13",
                ">3.12.1       | 3.12",
                "<=3.11        | 3.11",
                "<=3.11.4      | 3.10",
                "!=3.12.*,>=3.8| 3.11",
                ">=2.7,<4.0    | 3.12",
                ">=3           | 3.12",
                "*             | 3.12",
            })
    void theNearestPermittedVersionIsTaken(String wanted, String version) {
        assertThat(PythonVersion.nearest(wanted)).contains(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^1.2.3  | >=1.2.3,<2",
                "^0.2.3  | >=0.2.3,<0.3",
                "^0.0.3  | >=0.0.3,<0.0.4",
                "^0      | >=0,<1",
                "~1.2.3  | >=1.2.3,<1.3",
                "~1.2    | >=1.2,<1.3",
                "~1      | >=1,<2",
                "1.2.3   | ==1.2.3",
                "1.2.*   | ==1.2.*",
                ">=1, <2 | >=1,<2",
                "^1.4,!=1.5.0 | >=1.4,<2,!=1.5.0",
            })
    void poetrysVersionsAreWrittenOutForPip(String poetry, String pip) {
        assertThat(ProjectDependencies.specifier("numpy", poetry, "pyproject.toml"))
                .isEqualTo(pip);
    }

    @ParameterizedTest
    @CsvSource(value = {"3.8 || >=3.10", "python", "<3.0", "''"})
    void whatIsNotUnderstoodChoosesNothing(String wanted) {
        assertThat(PythonVersion.nearest(wanted)).isEmpty();
    }
}
