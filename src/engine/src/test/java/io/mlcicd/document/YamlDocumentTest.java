package io.mlcicd.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentTest {

    private static final String SCHEMA = "mlcicd.schema.json";

    @TempDir
    Path folder;

    @Test
    void readsYaml12WhereNoIsAWordAndNotFalse() throws IOException {
        YamlDocument document = YamlDocument.parse(
                write("country: no\nport: 0x1F\nshare: .5\nyes: true\nbig: 123456789012345678901\n"));

        assertThat(document.content())
                .hasToString(
                        "{\"country\":\"no\",\"port\":31,\"share\":0.5,\"yes\":true,\"big\":123456789012345678901}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "model: { name: m, tusk: binary }            | :1:19: model.tusk: unknown key (did you mean 'task'?)",
                "model: { name: m, task: cluster }           | :1:19: model.task: 'cluster' is not known; it must be one of",
                "task: binary                                | :1:1: task: unknown key",
                "model: { name: m }\\ndeploy: { port: 70000 } | :2:11: deploy.port: ",
                "model: { name: m }\\nevaluate:\\n  label: y   | :2:1: evaluate: ",
                "model: { name: m, name: n }                 | :1:19: ",
                "model: [1, 2                                | :1:13: not valid YAML",
            })
    void anErrorNamesFileLineColumnAndKey(String yaml, String expected) throws IOException {
        Path file = write(yaml.replace("\\n", "\n"));

        assertThatThrownBy(() -> YamlDocument.read(file, SCHEMA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file + expected);
    }

    @Test
    void aMissingAnEmptyAndANonTextFileAreToldApart() throws IOException {
        Path missing = folder.resolve("missing.yml");
        Path empty = write("# only a comment\n");
        Path latin = folder.resolve("latin.yml");
        Files.write(latin, "a: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> YamlDocument.parse(missing)).hasMessage(missing + " does not exist");
        assertThatThrownBy(() -> YamlDocument.parse(empty)).hasMessage(empty + " is empty");
        assertThatThrownBy(() -> YamlDocument.parse(latin)).hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void anErrorInAReplacedValueNamesWhereItCameFrom() throws IOException {
        YamlDocument document = YamlDocument.parse(write("model: { name: m }\n"))
                .with(List.of(new YamlDocument.Replacement(
                        "/deploy/port", JsonNodeFactory.instance.numberNode(70_000), "--port")));

        assertThatThrownBy(() -> document.validated(SCHEMA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("--port: ");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("mlcicd.yml"), text);
    }
}
