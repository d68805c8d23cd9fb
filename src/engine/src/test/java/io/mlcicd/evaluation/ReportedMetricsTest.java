package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedMetricsTest {

    @TempDir
    Path folder;

    private Map<String, Double> read(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return ReportedMetrics.read(List.of(new NamedFile(file, "build/" + name)));
    }

    @Test
    void objectsWithinObjectsAreNamesWithDots() throws IOException {
        assertThat(read("metrics.json", """
                {"accuracy": 0.91, "train": {"loss": 1.5e-3, "by": {"class": {"rain": -2}}}, "epochs": 12}
                """))
                .containsExactly(
                        entry("accuracy", 0.91),
                        entry("train.loss", 0.0015),
                        entry("train.by.class.rain", -2.0),
                        entry("epochs", 12.0));
    }

    @Test
    void whatIsNoNumberIsPassedOver() throws IOException {
        assertThat(read("metrics.json", """
                {"name": "run 7", "best": true, "none": null, "curve": [0.1, 0.2], "empty": [], "deep": {"list": [{"a": 1}]},
                 "f1": 0.5}
                """)).containsExactly(entry("f1", 0.5));
    }

    @Test
    void ofAListOfKeysAndValuesTheNewestStepCounts() throws IOException {
        assertThat(read("metrics.json", """
                [{"key": "acc", "value": 0.7, "timestamp": 1, "step": 1},
                 {"key": "acc", "value": 0.9, "timestamp": 3, "step": 3},
                 {"key": "acc", "value": 0.8, "timestamp": 2, "step": 2},
                 {"key": "loss", "value": 0.4, "timestamp": 5},
                 {"key": "loss", "value": 0.3, "timestamp": 6},
                 {"key": "stage", "value": "final"}]
                """)).containsExactly(entry("acc", 0.9), entry("loss", 0.3));
    }

    @Test
    void aListOfKeysAndValuesMayStandUnderAName() throws IOException {
        assertThat(read("run.json", """
                {"metrics": [{"key": "acc", "value": 0.9, "step": 3}], "plain": {"metrics": {"acc": 0.8}}}
                """)).containsExactly(entry("metrics.acc", 0.9), entry("plain.metrics.acc", 0.8));
    }

    @Test
    void yamlIsReadByItsName() throws IOException {
        assertThat(read("summary.yaml", """
                train:
                  acc: 0.9
                  steps: 100
                note: good
                """)).containsExactly(entry("train.acc", 0.9), entry("train.steps", 100.0));
    }

    @Test
    void tomlIsReadByItsName() throws IOException {
        assertThat(read("metrics.toml", "loss = 0.25\n[train]\nacc = 0.9\nnote = 'good'\n"))
                .containsExactly(entry("loss", 0.25), entry("train.acc", 0.9));
        assertThatThrownBy(() -> read("metrics.toml", "loss = \n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not valid TOML");
    }

    /** The files are those of a pipeline that DVC 3.64 ran; the numbers are those that its stage wrote. */
    @Test
    void aPipelineOfDvcTellsItsMetricsFiles() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("metrics.json"), "{\"train\":{\"acc\":0.9},\"loss\":0.25}");
        Files.writeString(folder.resolve("out/valid.toml"), "f1 = 0.8\n");
        Files.writeString(folder.resolve("dvc.yaml"), """
                metrics: [metrics.json]
                stages:
                  train:
                    cmd: python3 train.py
                    metrics:
                      - metrics.json: {cache: false}
                  each:
                    foreach: [a, b]
                    do:
                      cmd: x
                      metrics: ['${item}.json']
                  valid:
                    wdir: out
                    cmd: y
                    metrics: [valid.toml]
                """);

        List<NamedFile> files = ReportedMetrics.files(new NamedFile(folder.resolve("dvc.yaml"), "dvc.yaml"));

        assertThat(files).extracting(NamedFile::shown).containsExactly("metrics.json", "out/valid.toml");
        assertThat(ReportedMetrics.read(files))
                .containsExactly(entry("train.acc", 0.9), entry("loss", 0.25), entry("f1", 0.8));

        Files.writeString(folder.resolve("out/valid.toml"), "loss = 0.8\n");
        assertThatThrownBy(() -> ReportedMetrics.read(files))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("out/valid.toml has a metric called 'loss', and there is one already; rename one");
        Files.writeString(folder.resolve("dvc.yaml"), "stages: {}\n");
        assertThatThrownBy(() -> ReportedMetrics.files(new NamedFile(folder.resolve("dvc.yaml"), "dvc.yaml")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("dvc.yaml lists no metrics");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.json | {\"train\": {\"loss\": NaN}} | train.loss | NaN",
                "a.json | {\"loss\": -Infinity} | loss | -Infinity",
                "a.json | {\"loss\": 1e999} | loss | Infinity",
                "a.json | [{\"key\": \"loss\", \"value\": \"NaN\"}] | loss | NaN",
                "a.yml | {loss: .inf} | loss | Infinity"
            })
    void aNumberThatIsNotFiniteIsRefusedByName(String name, String text, String metric, String value) {
        assertThatThrownBy(() -> read(name, text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "build/%s: the metric '%s' is %s; a metric must be a finite number: leave it out where there is none"
                                .formatted(name, metric, value));
    }

    @Test
    void brokenJsonIsToldWithItsPlace() {
        assertThatThrownBy(() -> read("metrics.json", "{\n  \"acc\": 0.9,\n  \"loss\" 0.3\n}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("build/metrics.json:3:10: not valid JSON: ");
    }

    @Test
    void brokenYamlIsToldWithItsPlaceAndTheNameThatTheUserWrote() {
        assertThatThrownBy(() -> read("metrics.yml", "acc: 0.9\nloss: [0.3\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("build/metrics.yml:[23]:1: not valid YAML: .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"acc\": 0.9} {\"acc\": 0.8}",
                "{\"acc\": 0.9, \"acc\": 0.8}",
                "{\"a\": {\"b\": 1}, \"a.b\": 2}"
            })
    void aMetricMustNotBeThereTwice(String text) {
        assertThatThrownBy(() -> read("metrics.json", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("build/metrics.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"acc\": \"0.9\"}", "null", "[0.1, 0.2]"})
    void aFileWithoutANumberIsRefused(String text) {
        assertThatThrownBy(() -> read("metrics.json", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("build/metrics.json has no metric; ");
    }

    @Test
    void anEmptyAMissingAndANamelessOneAreRefused() {
        assertThatThrownBy(() -> read("metrics.json", "")).hasMessageStartingWith("build/metrics.json is empty");
        assertThatThrownBy(() -> read("metrics.json", "0.9"))
                .hasMessageStartingWith("build/metrics.json has the number 0.9 without a name");
        assertThatThrownBy(() -> ReportedMetrics.read(List.of(new NamedFile(folder.resolve("none.json"), "none.json"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("none.json does not exist");
    }
}
