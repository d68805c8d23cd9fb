package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.EvaluationDetails.TestSuite;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestReportsTest {

    private static final String PYTEST = """
            <?xml version="1.0" encoding="utf-8"?>
            <testsuites name="pytest tests">
              <testsuite name="pytest" errors="1" failures="1" skipped="1" tests="5" time="2.345" hostname="ci">
                <properties><property name="model" value="forest"/></properties>
                <testcase classname="tests.test_model" name="test_hot_day[33.3]" time="0.5"/>
                <testcase classname="tests.test_model" name="test_fog" time="0.25">
                  <failure message="AssertionError: assert 'sun' == 'fog'&#10;  - fog">def test_fog(): ...</failure>
                  <system-out>&lt;failure&gt; said the model</system-out>
                </testcase>
                <testcase classname="tests.test_model" name="test_later" time="0"><skipped type="pytest.skip" message="later"/></testcase>
                <testcase classname="" name="tests.test_broken" time="0"><error message="collection failure">ImportError</error></testcase>
                <testcase classname="tests.test_model" name="test_cold" time="1"/>
              </testsuite>
            </testsuites>
            """;

    private static final String SUREFIRE = """
            <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="ScoreTest" time="1,234.5" tests="3" errors="0" skipped="0" failures="1">
              <properties/>
              <testcase name="better" classname="ScoreTest" time="0.1">
                <failure type="java.lang.AssertionError"><![CDATA[

            expected: 1
             but was: 2
            ]]></failure>
                <rerunFailure message="again" type="java.lang.AssertionError">stack</rerunFailure>
              </testcase>
              <testcase name="flaky" classname="ScoreTest" time="0.2">
                <flakyFailure message="once" type="java.lang.AssertionError">stack</flakyFailure>
              </testcase>
              <testcase name="good" classname="ScoreTest" time="0.3"/>
            </testsuite>
            """;

    private static final String GOOGLE = """
            <testsuites tests="3" failures="2" disabled="1" errors="0" time="0.01" name="AllTests">
              <testsuite name="Kernel" tests="3" failures="2" disabled="1" errors="0" time="0.01">
                <testcase name="Adds" status="run" result="completed" time="0.004" classname="Kernel">
                  <failure message="kernel_test.cc:7&#x0A;Expected: 3" type="">one</failure>
                  <failure message="kernel_test.cc:9&#x0A;Expected: 4" type="">two</failure>
                </testcase>
                <testcase name="DISABLED_Slow" status="notrun" result="suppressed" time="0" classname="Kernel"/>
                <testcase name="Dies" status="run" result="completed" time="0.006" classname="Kernel"><failure/></testcase>
              </testsuite>
            </testsuites>
            """;

    @TempDir
    Path folder;

    private final EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
    private final List<Artifact> inputs = new ArrayList<>();

    private NamedFile file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return named(name);
    }

    private NamedFile named(String name) {
        return new NamedFile(folder.resolve(name), name);
    }

    private List<Gate> read(NamedFile file, Gate... gates) {
        return TestReports.read(List.of(file), List.of(gates), draft, inputs);
    }

    private EvaluationDetails details() {
        return draft.finish(Optional.empty(), 0, Optional.empty());
    }

    private void assertCounts(int count, int passed, int failed, int errors, int skipped) {
        Map<String, Double> metrics = EvaluationDraft.values(draft.metrics());
        assertThat(metrics)
                .containsEntry("tests.count", (double) count)
                .containsEntry("tests.passed", (double) passed)
                .containsEntry("tests.failed", (double) failed)
                .containsEntry("tests.errors", (double) errors)
                .containsEntry("tests.skipped", (double) skipped);
    }

    @Test
    void readsWhatPytestWrites() throws IOException {
        List<Gate> gates = read(file("pytest.xml", PYTEST));
        assertCounts(4, 2, 1, 1, 1);
        assertThat(details().tests())
                .containsExactly(new TestSuite(
                        "pytest",
                        5,
                        1,
                        1,
                        1,
                        2.345,
                        List.of(
                                "tests.test_model.test_fog: AssertionError: assert 'sun' == 'fog'",
                                "tests.test_broken: collection failure")));
        assertThat(gates)
                .containsExactly(
                        Gate.of("tests.count", Comparison.MIN, 1),
                        Gate.of("tests.failed", Comparison.MAX, 0),
                        Gate.of("tests.errors", Comparison.MAX, 0));
        assertThat(inputs).extracting(Artifact::path).containsExactly("pytest.xml");
    }

    @Test
    void readsWhatSurefireWrites() throws IOException {
        read(file("TEST-ScoreTest.xml", SUREFIRE));
        assertCounts(3, 2, 1, 0, 0);
        assertThat(details().tests())
                .containsExactly(
                        new TestSuite("ScoreTest", 3, 1, 0, 0, 1234.5, List.of("ScoreTest.better: expected: 1")));
    }

    @Test
    void readsWhatGoogleTestWrites() throws IOException {
        read(file("gtest.xml", GOOGLE));
        assertCounts(2, 0, 2, 0, 1);
        assertThat(details().tests().get(0).failures()).containsExactly("Kernel.Adds: kernel_test.cc:7", "Kernel.Dies");
    }

    @Test
    void suitesInSuitesAreCountedOnce() throws IOException {
        read(file("nested.xml", """
                <testsuites failures="2">
                  <testsuite name="outer" tests="3" failures="2" time="9">
                    <testsuite name="inner" tests="2" failures="1" time="4">
                      <testcase name="a" time="1"/><testcase name="b" time="2"><failure message="no"/></testcase>
                    </testsuite>
                    <testcase name="c" time="5"><failure message="no"/></testcase>
                  </testsuite>
                </testsuites>
                """));
        assertCounts(3, 1, 2, 0, 0);
        assertThat(details().tests()).extracting(TestSuite::name).containsExactly("inner", "outer");
        assertThat(draft.metrics().get("tests.seconds").value()).isCloseTo(9, within(1e-12));
    }

    @Test
    void aSuiteThatBrokeAsAWholeIsNotLost() throws IOException {
        read(file("crash.xml", """
                <testsuite name="dead" tests="0" errors="1" failures="0"><testcase name="before"/></testsuite>
                """));
        assertCounts(2, 1, 0, 1, 0);
        assertThat(details().tests().get(0).failures())
                .containsExactly("0 failures and 1 errors of the suite itself, without a test case");
    }

    @Test
    void manyFailuresAndLongTextsAreCut() throws IOException {
        StringBuilder cases = new StringBuilder("<testsuite name='big'>");
        for (int i = 0; i < 25; i++) {
            cases.append("<testcase name='t%d'><failure>%s</failure></testcase>".formatted(i, "x".repeat(100_000)));
        }
        read(file("big.xml", cases + "</testsuite>"));
        assertCounts(25, 0, 25, 0, 0);
        List<String> failures = details().tests().get(0).failures();
        assertThat(failures).hasSize(21);
        assertThat(failures.get(0)).isEqualTo("t0: " + "x".repeat(200) + "...");
        assertThat(failures.get(20)).isEqualTo("and 5 more");
    }

    @Test
    void aReportOfManyTestsIsStreamed() throws IOException {
        Path big = folder.resolve("many.xml");
        try (BufferedWriter out = Files.newBufferedWriter(big)) {
            out.write("<testsuite name='many'>");
            for (int i = 0; i < 50_000; i++) {
                out.write("<testcase name='test number " + i + "' time='0.001'><system-out>" + "line\n".repeat(20)
                        + "</system-out></testcase>");
            }
            out.write("</testsuite>");
        }
        read(named("many.xml"));
        assertCounts(50_000, 50_000, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<testsuites/>",
                "<testsuite name='none' tests='0'/>",
                "<testsuite name='skipped'><testcase name='a'><skipped/></testcase></testsuite>"
            })
    void noTestThatRanIsToldAndMustNotPass(String xml) throws IOException {
        List<Gate> gates = read(file("empty.xml", xml), Gate.of("tests.failed", Comparison.MAX, 3));
        assertThat(draft.metrics().get("tests.count").value()).isZero();
        assertThat(gates).containsExactly(Gate.of("tests.count", Comparison.MIN, 1));
        assertThat(details().notes()).anyMatch(note -> note.startsWith("no test of the model has run"));
    }

    @Test
    void aGateOnTheTestsTakesThePlaceOfTheirOwn() throws IOException {
        NamedFile report = file("pytest.xml", PYTEST);
        assertThat(read(report, Gate.of("tests.failed", Comparison.MAX, 3)))
                .containsExactly(Gate.of("tests.count", Comparison.MIN, 1));
        assertThat(read(report, Gate.of("tests.passed", Comparison.MIN, 2))).isEmpty();
        assertThat(read(report, Gate.of("accuracy", Comparison.MIN, 0.5))).hasSize(3);
    }

    @Test
    void withoutReportsNothingIsSaid() {
        assertThat(TestReports.read(List.of(), List.of(), draft, inputs)).isEmpty();
        assertThat(draft.metrics()).isEmpty();
    }

    @Test
    void foldersAndPatternsAreReadInOrder() throws IOException {
        Files.createDirectories(folder.resolve("reports/deep"));
        file("reports/TEST-b.xml", SUREFIRE);
        file("reports/TEST-a.xml", GOOGLE);
        file("reports/deep/c.xml", PYTEST);
        file("reports/notes.txt", "no report");
        read(named("reports"));
        assertThat(inputs)
                .extracting(Artifact::path)
                .containsExactly("reports/TEST-a.xml", "reports/TEST-b.xml", "reports/deep/c.xml");
        inputs.clear();
        read(named("reports/TEST-*.xml"));
        assertThat(inputs).extracting(Artifact::path).containsExactly("reports/TEST-a.xml", "reports/TEST-b.xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.xml", "none-*.xml"})
    void aReportThatIsNotThereIsRefused(String name) {
        assertThatThrownBy(() -> read(named(name)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("there is no test report at " + name);
    }

    @Test
    void whatIsNoReportIsToldWithItsPlace() throws IOException {
        NamedFile html = file("page.xml", "<html><body/></html>");
        assertThatThrownBy(() -> read(html))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("page.xml:1:\\d+: is no JUnit XML: its root is <html>, .*");
        NamedFile cut = file("cut.xml", "<testsuite>\n<testcase name='a'>\n");
        assertThatThrownBy(() -> read(cut))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("cut.xml:3:\\d+: not well-formed XML: .*");
        NamedFile empty = file("empty.xml", "");
        assertThatThrownBy(() -> read(empty)).isInstanceOf(InvalidInputException.class);
        NamedFile odd = file("odd.xml", "<testsuite errors='many'/>");
        assertThatThrownBy(() -> read(odd))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has errors=\"many\", which is no number");
    }

    @Test
    void nothingOutsideOfTheReportIsRead() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "secret");
        NamedFile file =
                file("outside.xml", """
                <!DOCTYPE testsuite [<!ENTITY out SYSTEM "%s">]>
                <testsuite name="a"><testcase name="b"><failure>&out;</failure></testcase></testsuite>
                """.formatted(folder.resolve("secret.txt").toUri()));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("document type")
                .hasMessageNotContaining("secret:");
    }
}
