package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.document.YamlDocument;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParseResult;

/** What the examples for other pipelines call must be there, with its options. */
class OtherPipelinesTest {

    private static final Path TOP = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Path EXAMPLES = TOP.resolve("docs/examples/other-pipelines");
    private static final Path ACTION = TOP.resolve(".github/actions/mlcicd/action.yml");

    @TempDir
    private Path folder;

    private static JsonNode yaml(Path file) {
        return YamlDocument.parse(file).content();
    }

    private static ParseResult parse(List<String> arguments) {
        Terminal terminal = new Terminal(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                false,
                false,
                80,
                GithubActions.NONE);
        return Main.commandLine(terminal).parseArgs(arguments.toArray(String[]::new));
    }

    private static void assertAccepted(List<String> arguments) {
        assertThatCode(() -> parse(arguments)).as(String.join(" ", arguments)).doesNotThrowAnyException();
        assertThat(parse(arguments).hasSubcommand()).isTrue();
    }

    /** Words of a shell's line, of which those in quotes are one. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)").matcher(line);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.isTextual() ? each.textValue() : "1"));
        return texts;
    }

    @Test
    void theBuildspecCallsCommandsThatAreThere() {
        JsonNode buildspec = yaml(EXAMPLES.resolve("buildspec.yml"));
        List<String> commands = new ArrayList<>();
        buildspec.path("phases").forEach(phase -> commands.addAll(texts(phase.path("commands"))));
        List<String> ours =
                commands.stream().filter(line -> line.startsWith("mlcicd ")).toList();

        assertThat(ours).hasSize(3);
        ours.forEach(line -> assertAccepted(words(line).subList(1, words(line).size())));
        // Keys and values of the "Build specification reference for CodeBuild".
        assertThat(buildspec.path("version").asText()).isEqualTo("0.2");
        assertThat(buildspec.at("/reports/model/file-format").asText()).isEqualTo("JUNITXML");
        assertThat(texts(buildspec.at("/env/exported-variables")))
                .allMatch(name -> commands.stream().anyMatch(line -> line.startsWith("export " + name + "=")));
    }

    @Test
    void theComponentCallsACommandThatIsThere() {
        JsonNode component = yaml(EXAMPLES.resolve("component.yaml"));
        JsonNode container = component.at("/implementation/container");
        String script = container.at("/command/2").asText();
        List<String> arguments = new ArrayList<>(List.of(script.replaceAll(".*exec mlcicd (\\w+) \"\\$@\"", "$1")));
        List<String> all = texts(container.path("args"));
        arguments.addAll(all.subList(1, all.size()));

        assertAccepted(arguments.stream()
                .map(argument -> argument.equals("1") ? "accuracy>=1" : argument)
                .toList());
        List<String> declared = new ArrayList<>();
        component
                .path("inputs")
                .forEach(input -> declared.add(input.path("name").asText()));
        component
                .path("outputs")
                .forEach(output -> declared.add(output.path("name").asText()));
        for (JsonNode argument : container.path("args")) {
            if (argument.isObject()) {
                assertThat(declared).contains(argument.elements().next().asText());
            }
        }
    }

    @Test
    void theProcessingStepCallsACommandThatIsThere() throws IOException {
        String script = Files.readString(EXAMPLES.resolve("sagemaker_step.py"));
        List<String> arguments = new ArrayList<>(list(script, "entrypoint"));
        arguments.addAll(list(script, "arguments"));

        assertThat(arguments.get(0)).isEqualTo("mlcicd");
        assertAccepted(arguments.subList(1, arguments.size()));
    }

    private static List<String> list(String python, String name) throws IOException {
        Matcher list = Pattern.compile(name + "=(\\[[^\\]]*?),?\\s*]").matcher(python);
        assertThat(list.find()).isTrue();
        return texts(Json.mapper().readTree(list.group(1) + "]"));
    }

    @Test
    void theWorkflowGivesTheActionWhatItTakes() throws IOException {
        Path file = TOP.resolve("docs/examples/seattle-weather/.github/workflows/model.yml");
        JsonNode action = yaml(ACTION);
        int used = 0;
        for (JsonNode step : yaml(file).at("/jobs/pipeline/steps")) {
            if (step.path("uses").asText().contains("/.github/actions/mlcicd@")) {
                used++;
                step.path("with")
                        .fieldNames()
                        .forEachRemaining(
                                name -> assertThat(action.path("inputs").has(name))
                                        .as(name)
                                        .isTrue());
                List<String> arguments =
                        new ArrayList<>(List.of(step.at("/with/command").asText()));
                step.at("/with/arguments").asText().lines().forEach(arguments::add);
                assertAccepted(arguments);
            }
        }
        assertThat(used).isEqualTo(1);
        Matcher outputs = Pattern.compile("steps\\.model\\.outputs\\.([a-z-]+)").matcher(Files.readString(file));
        while (outputs.find()) {
            assertThat(action.path("outputs").has(outputs.group(1)))
                    .as(outputs.group(1))
                    .isTrue();
        }
    }

    /** The action's own script, run by the shell that GitHub runs it by, with a command that tells its arguments. */
    @Test
    void theActionHandsArgumentsOnAsTheyAre() throws Exception {
        assumeThat(new File("/bin/bash")).as("needs bash").exists();
        Path told = folder.resolve("told");
        Path home = Files.createDirectories(folder.resolve("a home"));
        Path command = Files.writeString(
                home.resolve("mlcicd"),
                "#!/bin/sh\nfor word in \"$@\"; do echo \"<$word>\"; done >'" + told + "'\nexit 1\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        JsonNode step = yaml(ACTION)
                .at("/runs/steps")
                .get(yaml(ACTION).at("/runs/steps").size() - 1);
        Path script =
                Files.writeString(folder.resolve("script.sh"), step.path("run").asText());
        ProcessBuilder bash =
                new ProcessBuilder("/bin/bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script.toString());
        bash.environment()
                .putAll(Map.of(
                        "MLCICD_HOME", home.toString(),
                        "MLCICD_CACHED", "",
                        "MLCICD_JAR", "",
                        "MLCICD_COMMAND", "evaluate",
                        "MLCICD_ARGUMENTS", "--gate\naccuracy>=0.7; touch $(pwd)/hacked\n\n--html\na b.html\n",
                        "MLCICD_PROJECT", "models/my model"));
        Process process = bash.redirectErrorStream(true).start();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isEqualTo(1);
        assertThat(Files.readAllLines(told))
                .isEqualTo(Arrays.asList(
                        "<evaluate>",
                        "<--gate>",
                        "<accuracy>=0.7; touch $(pwd)/hacked>",
                        "<--html>",
                        "<a b.html>",
                        "<models/my model>"));
    }

    @Test
    void theActionHandsOutWhatTheCommandTells() {
        JsonNode outputs = yaml(ACTION).path("outputs");

        for (String name : List.of("verdict", "failed-gates", "metrics", "json", "html", "markdown", "junit")) {
            assertThat(outputs.at("/" + name + "/value").asText())
                    .isEqualTo("${{ steps.mlcicd.outputs." + name + " }}");
        }
    }
}
