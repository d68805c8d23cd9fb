package io.mlcicd.lineage.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.DeploymentRef;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.GitCommit;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.Training;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClientUtils;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports, read back with the client library of OpenLineage 1.55 and held against PROV-JSON's own terms. */
class ExportTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String DATA = "sha256:" + "d".repeat(64);
    private static final String MODEL = "sha256:" + "a".repeat(64);

    @TempDir
    Path folder;

    private LineageLog log;

    @BeforeEach
    void record() {
        log = new LineageLog(folder.resolve("log.jsonl"));
        LineageRecord record = LineageRecord.EMPTY
                .withData(List.of(new Artifact("train", "train.csv", new Digest(DATA), 10)))
                .withCommit(new GitCommit(
                        "c".repeat(40), Optional.of("main"), false, Optional.of("https://git.example/weather.git")))
                .withTraining(new Training(List.of("python3", "train.py"), OptionalDouble.of(3)))
                .withModel(new Artifact("model", "build/model", new Digest(MODEL), 20));
        append(record, "train");
        append(
                record.withDeployment(new DeploymentRef(
                        "weather",
                        "process",
                        "0123456789ab",
                        Optional.of("http://127.0.0.1:8501"),
                        START,
                        Optional.of("production"),
                        Optional.of("Ann O'Neill"))),
                "deploy");
    }

    private void append(LineageRecord record, String event) {
        Chain chain = Chain.of("weather", record);
        log.append(new LineageEvent("weather", event, "PASSED", chain.nodes(), chain.edges()).since(START));
    }

    @Test
    void anOpenLineageClientReadsARunOfEachEntry() {
        OpenLineage export = OpenLineage.ofThisTool();
        List<RunEvent> events = new ArrayList<>();
        log.read(entry -> export.events(entry)
                .forEach(event -> events.add(OpenLineageClientUtils.runEventFromJson(Json.line(event)))));

        assertThat(events)
                .extracting(RunEvent::getEventType, event -> event.getJob().getName())
                .containsExactly(
                        tuple(RunEvent.EventType.START, "weather.train"),
                        tuple(RunEvent.EventType.COMPLETE, "weather.train"),
                        tuple(RunEvent.EventType.START, "weather.deploy"),
                        tuple(RunEvent.EventType.COMPLETE, "weather.deploy"));
        RunEvent trained = events.get(1);
        assertThat(events.get(0).getEventTime().toInstant()).isEqualTo(START);
        assertThat(events.get(0).getRun().getRunId()).isEqualTo(trained.getRun().getRunId());
        assertThat(trained.getRun().getRunId().version()).isEqualTo(8);
        assertThat(trained.getInputs())
                .extracting(
                        InputDataset::getName,
                        input -> input.getFacets().getVersion().getDatasetVersion())
                .containsExactly(tuple("data/train", DATA));
        assertThat(trained.getOutputs())
                .extracting(
                        OutputDataset::getName,
                        output -> output.getFacets().getVersion().getDatasetVersion())
                .containsExactly(tuple("model/weather", MODEL));
        assertThat(trained.getJob().getFacets().getSourceCodeLocation().getUrl())
                .hasToString("https://git.example/weather.git");
        assertThat(trained.getJob().getFacets().getSourceCodeLocation().getVersion())
                .isEqualTo("c".repeat(40));
    }

    @Test
    void provTellsWhatWasMadeOfWhatAndWhoIsResponsible() {
        ObjectNode document = ProvJson.of(LineageGraph.of(log));

        assertThat(document.path("prefix").path("mlcicd").asText()).isEqualTo("urn:ml-cicd:lineage:");
        assertThat(document.path("entity")).hasSize(3);
        assertThat(document.path("activity")).hasSize(2);
        // Data and code were used by the training, the model by the release.
        assertThat(document.path("used")).hasSize(3);
        assertThat(document.path("wasGeneratedBy"))
                .singleElement()
                .satisfies(generation -> assertThat(generation.fieldNames())
                        .toIterable()
                        .containsExactlyInAnyOrder("prov:entity", "prov:activity"));
        String agent = document.path("wasAssociatedWith")
                .elements()
                .next()
                .path("prov:agent")
                .asText();
        assertThat(agent).isEqualTo("mlcicd:person-Ann_O_Neill");
        assertThat(document.path("agent").path(agent).path("prov:label").asText())
                .isEqualTo("Ann O'Neill");
        document.path("entity")
                .forEach(entity -> assertThat(entity.fieldNames())
                        .toIterable()
                        .allMatch(name -> name.matches("(prov|mlcicd):[A-Za-z0-9_.-]+")));
    }
}
