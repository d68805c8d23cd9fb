package io.mlcicd.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.config.Project;
import io.mlcicd.deployment.RecordEntry.Event;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.PlannedChange.Action;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From staging to production, as {@code mlcicd.yml} describes it, with real services. */
@Timeout(60)
class EnvironmentsTest {

    private static final Approval ANN = question -> new Approval.Answer(true, "ann", Instant.now());
    private static final Approval NO = question -> new Approval.Answer(false, "bob", Instant.now());

    @TempDir
    Path folder;

    private int staging;
    private int production;

    @BeforeEach
    void write() throws IOException {
        staging = ServiceProject.freePort();
        production = ServiceProject.freePort();
        String classes = System.getProperty("java.class.path").split(File.pathSeparator)[0];
        Files.createDirectories(folder.resolve("build"));
        Files.writeString(folder.resolve("build/model.txt"), "one");
        Files.writeString(folder.resolve("mlcicd.yml"), """
                model: { name: weather }
                package: { model: build/model.txt, image: weather }
                deploy:
                  command: [%s, -Xmx32m, -XX:TieredStopAtLevel=1, -cp, %s, %s, "${port}", build/model.txt]
                  drain: 300ms
                  environments:
                    staging: { port: %d }
                    production: { port: %d, approval: required, gates: [ { metric: health.seconds, max: 20 } ] }
                """.formatted(
                        ServiceProject.java(), classes, TestService.class.getName(), staging, production));
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        stages("staging").undeploy(true);
        stages("production").undeploy(true);
    }

    private Stages stages(String environment) {
        return new Stages(Project.load(folder, List.of()).in(environment), Progress.NONE, name -> null);
    }

    private static String model(int port) throws IOException, InterruptedException {
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/predict"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return answer.split("\"", -1)[3];
    }

    @Test
    void whatStagingServesIsMovedOnAndNotWhatTheProjectHoldsByNow() throws Exception {
        Result<?> first = stages("staging").deploy();
        assertThat(first.verdict()).isEqualTo(Verdict.PASSED);
        Files.writeString(folder.resolve("build/model.txt"), "not tried yet");

        Result<DeploymentDetails> moved = stages("production").promote("staging", ANN);

        assertThat(moved.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(model(production)).isEqualTo("one");
        assertThat(moved.details().release()).isEqualTo(((DeploymentDetails) first.details()).release());
        assertThat(moved.details().promotedFrom()).contains("staging");
        assertThat(moved.lineage().deployment().orElseThrow().approvedBy()).contains("ann");
        assertThat(moved.lineage().deployment().orElseThrow().environment()).contains("production");
        assertThat(moved.lineage().model()).isEqualTo(first.lineage().model());
        ServedPeriod period =
                stages("production").status().orElseThrow().served().get(0);
        assertThat(period.approvedBy()).contains("ann");
        assertThat(period.promotedFrom()).contains("staging");
        assertThat(period.until()).isEmpty();
    }

    @Test
    void whatStagingDoesNotServeIsNotMovedOn() throws Exception {
        assertThatThrownBy(() -> stages("production").promote("staging", ANN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nothing can be moved on from 'staging': it serves no release");

        stages("staging").deploy();
        stages("staging").undeploy(false);

        assertThatThrownBy(() -> stages("production").promote("staging", ANN))
                .hasMessageContaining("it serves no release");
    }

    @Test
    void withoutAnApprovalNothingIsTouched() throws Exception {
        assertThatThrownBy(() -> stages("production").deploy())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'production' needs an approval")
                .hasMessageContaining("--approved-by");

        Result<?> refused = stages("production").deploy(NO);

        assertThat(refused.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(((DeploymentDetails) refused.details()).reason()).contains("bob did not approve it");
        assertThat(stages("production").status().orElseThrow().running()).isFalse();
        assertThat(Deployments.record(folder.resolve(".mlcicd"), "weather-production"))
                .extracting(RecordEntry::event)
                .containsExactly(Event.REFUSED);
    }

    @Test
    void aPlanTellsWhatWouldChangeAndChangesNothing() throws Exception {
        List<PlannedChange> first = stages("staging").plan();
        assertThat(first).extracting(PlannedChange::action).containsExactly(Action.CREATE, Action.CREATE);
        assertThat(folder.resolve(".mlcicd/deployments")).doesNotExist();

        stages("staging").deploy();

        assertThat(stages("staging").plan()).extracting(PlannedChange::action).containsExactly(Action.KEEP);
        Files.writeString(folder.resolve("build/model.txt"), "two");
        assertThat(stages("staging").plan())
                .extracting(PlannedChange::action)
                .containsExactly(Action.CREATE, Action.REMOVE);
    }

    @Test
    void anEnvironmentThatThereIsNoneOfIsTold() {
        assertThatThrownBy(() -> stages("productoin"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no environment 'productoin'")
                .hasMessageContaining("production, staging");
    }
}
