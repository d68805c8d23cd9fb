package io.mlcicd.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mlcicd.config.Project;
import io.mlcicd.lineage.graph.LineageDiff;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageGraph.Reached;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.pipeline.Reproduction.Command;
import io.mlcicd.pipeline.Reproduction.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project's own lineage answers, from the stages that noted it to the commands that make its model again. */
class ReproduceTest {

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws Exception {
        write("train.csv", "x,y\n1,2\n2,3\n");
        write("now.csv", "x,y\n1,2\n");
        write("contract.yml", "contract: rows\ncolumns:\n  x: { type: integer }\n");
        write("params.yaml", "tree:\n  depth: 3\n  api_key: hush\n");
        write("requirements.txt", "numpy==2.1.0\n");
        write("mlcicd.yml", """
                model: { name: tree, task: regression }
                data:
                  train: { path: train.csv, contract: contract.yml }
                  now: { path: now.csv }
                train: { command: [sh, -c, "cat train.csv params.yaml > model.bin"] }
                package: { model: model.bin, image: "tree:1" }
                drift: { reference: train, current: now }
                """);
        write(".gitignore", ".mlcicd\nmodel.bin\n");
        git("init", "-q", "-b", "main");
        git("add", "-A");
        commit("first");
    }

    @Test
    void everyStageAddsToWhatIsKnown() throws Exception {
        trained();

        LineageGraph graph = ProjectGraph.of(load());
        Node model = graph.newest(NodeKind.MODEL).orElseThrow();
        assertThat(graph.upstream(model.id()).reached())
                .extracting(each -> each.node().kind(), each -> each.node().name(), Reached::distance)
                .containsExactlyInAnyOrder(
                        tuple(NodeKind.TRAINING, "training", 1),
                        tuple(NodeKind.DATA, "train", 2),
                        tuple(NodeKind.COMMIT, "code", 2),
                        tuple(NodeKind.ENVIRONMENT, "environment", 2),
                        tuple(NodeKind.PARAMETERS, "parameters", 2),
                        tuple(NodeKind.CONTRACT, "contract", 3));
        assertThat(graph.newest(NodeKind.PARAMETERS).orElseThrow().facts())
                .containsEntry("value tree.depth", "3")
                .containsEntry("value tree.api_key", "(not kept)");
        assertThat(Files.readString(folder.resolve(".mlcicd/lineage/log.jsonl")))
                .doesNotContain("hush");
    }

    @Test
    void adriftCheckLeadsToItsDecision() throws Exception {
        trained();
        stages().drift();

        LineageGraph graph = ProjectGraph.of(load());
        Node now = graph.find("now").get(0);
        assertThat(graph.downstream(now.id()).reached())
                .extracting(each -> each.node().kind())
                .containsExactly(NodeKind.DRIFT, NodeKind.RETRAINING);
    }

    @Test
    void theCommandsMakeTheModelAgain() throws Exception {
        trained();

        Reproduction found = reproduce();

        assertThat(found.isPossible()).isTrue();
        assertThat(found.parts())
                .extracting(part -> part.node().name(), Reproduction.Part::state)
                .contains(
                        tuple("code", State.PRESENT),
                        tuple("train", State.PRESENT),
                        tuple("params.yaml", State.PRESENT),
                        tuple("requirements.txt", State.PRESENT),
                        tuple("tree", State.PRESENT));
        Path elsewhere = folder.resolve("elsewhere");
        Files.createDirectories(elsewhere);
        run(elsewhere, List.of("git", "clone", "-q", "--no-checkout", folder.toString(), "."));
        for (Command command : found.commands()) {
            if (command.line().startsWith("git ")) {
                run(elsewhere, List.of("sh", "-c", command.line()));
            }
        }
        Command training = found.commands().get(found.commands().size() - 1);
        run(elsewhere, List.of("sh", "-c", training.line().replaceFirst("^sh -c (.*)$", "$1")));
        assertThat(training.expected()).isEqualTo("model.bin sha256:" + sha256sum(elsewhere.resolve("model.bin")));
        assertThat(found.commands()).extracting(Command::line).contains("python3 -m pip install -r requirements.txt");
    }

    @Test
    void whatIsGoneIsTold() throws Exception {
        write(".gitignore", ".mlcicd\nmodel.bin\ntrain.csv\n");
        git("rm", "-q", "--cached", "train.csv");
        commit("data elsewhere");
        trained();
        write("train.csv", "x,y\n7,7\n");

        assertThat(reproduce().isPossible()).isFalse();
        assertThat(part("train").state()).isEqualTo(State.CHANGED);
        assertThat(part("train").message()).startsWith("train.csv is now sha256:");
        Files.delete(folder.resolve("train.csv"));
        assertThat(part("train").state()).isEqualTo(State.MISSING);
        assertThat(reproduce().commands()).extracting(Command::line).contains("# put train.csv there");
    }

    @Test
    void aModelOfUncommittedCodeCannotBeMadeAgain() throws Exception {
        write("params.yaml", "tree:\n  depth: 4\n");
        trained();

        assertThat(part("code").state()).isEqualTo(State.CHANGED);
        assertThat(part("params.yaml").state()).isEqualTo(State.PRESENT);
        assertThat(part("params.yaml").message()).isEqualTo("in this folder");
    }

    @Test
    void onlyModelsCanBeMadeAgain() throws Exception {
        trained();
        LineageGraph graph = ProjectGraph.of(load());

        assertThatThrownBy(() -> new Reproduce(load(), graph, name -> null)
                        .of(graph.newest(NodeKind.DATA).orElseThrow()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("only a model");
    }

    @Test
    void aDiffNamesTheParameterThatChanged() throws Exception {
        trained();
        Node before = ProjectGraph.of(load()).newest(NodeKind.MODEL).orElseThrow();
        write("params.yaml", "tree:\n  depth: 4\n");
        git("add", "-A");
        commit("deeper");
        trained();

        LineageGraph graph = ProjectGraph.of(load());
        Node after = graph.newest(NodeKind.MODEL).orElseThrow();
        assertThat(LineageDiff.between(graph, before, after).changed())
                .filteredOn(change -> change.kind() == NodeKind.PARAMETERS)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.before().orElseThrow().facts()).containsEntry("value tree.depth", "3");
                    assertThat(change.after().orElseThrow().facts()).containsEntry("value tree.depth", "4");
                });
    }

    private Reproduction.Part part(String name) throws Exception {
        return reproduce().parts().stream()
                .filter(part -> part.node().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Reproduction reproduce() throws Exception {
        LineageGraph graph = ProjectGraph.of(load());
        return new Reproduce(load(), graph, name -> null)
                .of(graph.newest(NodeKind.MODEL).orElseThrow());
    }

    private void trained() throws Exception {
        stages().validate();
        stages().train();
        // What trained is known with its model once that is there.
        stages().train();
    }

    private Stages stages() {
        return new Stages(load(), Progress.NONE, name -> null);
    }

    private Project load() {
        return Project.load(folder, List.of());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void commit(String message) throws Exception {
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", message);
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        run(folder, command);
    }

    private static void run(Path where, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + ": " + output).isZero();
    }

    private static String sha256sum(Path file) throws Exception {
        Process process = new ProcessBuilder("sha256sum", file.toString()).start();
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .substring(0, 64);
    }
}
