package io.mlcicd.deployment.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.HealthCheck;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Releases on a played SageMaker; every request's signature is checked. */
class SageMakerTargetTest {

    private static final String OLD = "111111111111";
    private static final String NEW = "222222222222";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", SageMakerService.SECRET,
            "AWS_SESSION_TOKEN", "session-token");

    private SageMakerService service;
    private Target target;

    @BeforeEach
    void start() throws Exception {
        service = new SageMakerService();
        target = target();
    }

    private Target target() {
        SageMakerSettings settings = new SageMakerSettings(
                "eu-central-1",
                "arn:aws:iam::123456789012:role/models",
                "ml.m5.large",
                2,
                Optional.empty(),
                Optional.of(service.url()),
                Map.of("team", "weather"));
        return new SageMakerTarget(
                settings, SageMakerNames.of("weather", "weather"), ENVIRONMENT::get, Duration.ofMillis(5));
    }

    @AfterEach
    void stop() {
        assertThat(service.wrong).as("requests that are not signed rightly").isEmpty();
        service.close();
    }

    private static NewRelease release(String id, String image, Map<String, String> env) {
        return new NewRelease(
                id,
                new Artifact("model", "model", new Digest("sha256:" + "a".repeat(64)), 3),
                Optional.empty(),
                "build/model",
                Optional.of("123456789012.dkr.ecr.eu-central-1.amazonaws.com/" + image + "@sha256:" + "b".repeat(64)),
                Optional.empty(),
                List.of(),
                env,
                HealthCheck.DEFAULT);
    }

    private static Candidate.Health settled(Candidate candidate) throws InterruptedException {
        Candidate.Health health = candidate.health();
        for (int i = 0; i < 20 && health.alive() && !health.ready().orElseThrow(); i++) {
            health = candidate.health();
        }
        return health;
    }

    private void serve(String id, Duration keep) throws InterruptedException {
        try (Candidate candidate = target.begin(release(id, "good", Map.of("KEY", "hidden")), Progress.NONE)) {
            assertThat(settled(candidate).ready()).contains(true);
            candidate.route(1);
            candidate.confirm(keep);
        }
    }

    private JsonNode weights() {
        return service.endpoints.get("weather").path("Weights");
    }

    private List<String> variants() {
        return service.configs
                .get(service.endpoints.get("weather").path("EndpointConfigName").asText())
                .path("ProductionVariants")
                .findValuesAsText("VariantName");
    }

    @Test
    void aReleaseTakesOverAndWhatIsNotUsedGoes() throws Exception {
        serve(OLD, Duration.ZERO);
        assertThat(target.status().orElseThrow().release()).isEqualTo(OLD);
        serve(NEW, Duration.ZERO);
        assertThat(target.status().orElseThrow().release()).isEqualTo(NEW);
        assertThat(variants()).containsExactly("release-" + NEW);
        assertThat(service.configs).hasSize(1);
        assertThat(service.models).hasSize(1);
        JsonNode model = service.models.values().iterator().next();
        assertThat(model.path("ExecutionRoleArn").asText()).isEqualTo("arn:aws:iam::123456789012:role/models");
        assertThat(model.path("PrimaryContainer").path("Image").asText()).endsWith("/good@sha256:" + "b".repeat(64));
        assertThat(target.serves(release(NEW, "good", Map.of("KEY", "hidden")))).isTrue();
        assertThat(target.serves(release(NEW, "good", Map.of("KEY", "other")))).isFalse();
        assertThat(target.recover()).isEmpty();
    }

    @Test
    void aCanaryHasWeightsAndFiguresAndGoesBack() throws Exception {
        serve(OLD, Duration.ZERO);
        try (Candidate candidate = target.begin(release(NEW, "good", Map.of()), Progress.NONE)) {
            assertThat(settled(candidate).ready()).contains(true);
            assertThat(variants()).containsExactly("release-" + OLD, "release-" + NEW);
            candidate.route(0.05);
            assertThat(weights().toString()).contains("\"DesiredWeight\":0.95").contains("\"DesiredWeight\":0.05");
            Observation seen = candidate.observed().orElseThrow();
            assertThat(seen.candidate().requests()).isEqualTo(200);
            assertThat(seen.candidate().errorShare()).isEqualTo(OptionalDouble.of(0.05));
            assertThat(seen.candidate().p95())
                    .as("microseconds become milliseconds")
                    .hasValue(45.5);
            assertThat(seen.active().requests()).isEqualTo(100);
        }
        assertThat(variants()).containsExactly("release-" + OLD);
        assertThat(target.status().orElseThrow().release()).isEqualTo(OLD);
        assertThat(service.models).hasSize(1);
    }

    @Test
    void aShadowIsAConfigurationOfItsOwn() throws Exception {
        serve(OLD, Duration.ZERO);
        try (Candidate candidate = target.begin(release(NEW, "good", Map.of()), Progress.NONE)) {
            settled(candidate);
            candidate.shadow(true);
            assertThat(variants()).containsExactly("release-" + OLD);
            assertThat(service.configs.toString()).contains("ShadowProductionVariants");
            candidate.shadow(false);
            assertThat(variants()).containsExactly("release-" + OLD, "release-" + NEW);
            candidate.route(1);
            candidate.confirm(Duration.ZERO);
        }
        assertThat(variants()).containsExactly("release-" + NEW);
    }

    @Test
    void aFailingEndpointIsToldWithItsReason() throws Exception {
        try (Candidate candidate = target.begin(release(NEW, "bad", Map.of()), Progress.NONE)) {
            Candidate.Health health = settled(candidate);
            assertThat(health.alive()).isFalse();
            assertThat(health.message()).contains("did not pass the ping health check");
        }
        assertThat(service.endpoints).isEmpty();
        assertThat(service.models).isEmpty();
        serve(OLD, Duration.ZERO);
        try (Candidate candidate = target.begin(release(NEW, "bad", Map.of()), Progress.NONE)) {
            assertThat(settled(candidate).message())
                    .contains("went back to what served before", "did not pass the ping health check");
        }
        assertThat(variants()).containsExactly("release-" + OLD);
        assertThat(service.models).hasSize(1);
    }

    @Test
    void aKilledRunIsUndoneByTheNext() throws Exception {
        serve(OLD, Duration.ZERO);
        Candidate killed = target.begin(release(NEW, "good", Map.of()), Progress.NONE);
        settled(killed);
        killed.route(0.5);
        assertThat(target().recover())
                .contains("release " + NEW + " was left on its way to the traffic and was undone");
        assertThat(variants()).containsExactly("release-" + OLD);
        assertThat(service.models).hasSize(1);
        assertThat(target().recover()).isEmpty();
    }

    @Test
    void whatWasKeptComesBack() throws Exception {
        serve(OLD, Duration.ZERO);
        serve(NEW, Duration.ofHours(1));
        assertThat(target.status().orElseThrow().kept()).contains(OLD);
        assertThat(target.recover()).isEmpty();
        assertThat(target.rollback().orElseThrow().release()).isEqualTo(OLD);
        assertThat(variants()).containsExactly("release-" + OLD);
        assertThat(target.status().orElseThrow().release()).isEqualTo(OLD);
        assertThat(target.rollback()).isEmpty();
    }

    @Test
    void whatWasKeptGoesWhenItsTimeIsOver() throws Exception {
        serve(OLD, Duration.ZERO);
        serve(NEW, Duration.ofMillis(1));
        Thread.sleep(5);
        assertThat(target.recover()).contains("release " + NEW + " was given the endpoint alone");
        assertThat(variants()).containsExactly("release-" + NEW);
        assertThat(service.models).hasSize(1);
    }

    @Test
    void refusalsAreOneSentenceWithoutSecrets() {
        service.deny("CreateModel");
        assertThatThrownBy(() -> target.begin(release(NEW, "good", Map.of("KEY", "hidden")), Progress.NONE))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("AWS refused CreateModel in eu-central-1 (AccessDeniedException: ")
                .hasMessageContaining("see the permissions")
                .hasMessageNotContaining("hidden")
                .hasMessageNotContaining(SageMakerService.SECRET);
        assertThat(service.endpoints).isEmpty();
    }

    @Test
    void aBusyServiceIsAskedAgain() throws Exception {
        service.throttle(2);
        assertThat(target.status()).isEmpty();
    }

    @Test
    void strangersAreLeftAlone() throws Exception {
        serve(OLD, Duration.ZERO);
        Target other = new SageMakerTarget(
                new SageMakerSettings(
                        "eu-central-1", "r", "ml.m5.large", 1, Optional.empty(), Optional.of(service.url()), Map.of()),
                SageMakerNames.of("weather", "climate"),
                ENVIRONMENT::get,
                Duration.ofMillis(5));
        assertThatThrownBy(other::undeploy)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was not made by the deployment 'climate'");
        assertThat(service.endpoints).containsKey("weather");
    }

    @Test
    void thePlanTouchesNothing() throws Exception {
        serve(OLD, Duration.ZERO);
        int before = service.actions.size();
        assertThat(target.plan(release(NEW, "good", Map.of("KEY", "hidden"))))
                .extracting(PlannedChange::action)
                .containsExactly(
                        PlannedChange.Action.CREATE,
                        PlannedChange.Action.CREATE,
                        PlannedChange.Action.CHANGE,
                        PlannedChange.Action.REMOVE);
        assertThat(service.actions.subList(before, service.actions.size()))
                .allMatch(action -> action.startsWith("Describe") || action.startsWith("List"));
    }

    @Test
    void undeployLeavesNothing() throws Exception {
        serve(OLD, Duration.ZERO);
        assertThat(target.undeploy()).isTrue();
        assertThat(service.endpoints).isEmpty();
        assertThat(service.configs).isEmpty();
        assertThat(service.models).isEmpty();
        assertThat(target.undeploy()).isFalse();
    }

    @Test
    void withoutCredentialsItSaysWhereToPutThem() {
        Target without = new SageMakerTarget(
                new SageMakerSettings(
                        "eu-central-1", "r", "ml.m5.large", 1, Optional.empty(), Optional.of(service.url()), Map.of()),
                SageMakerNames.of("weather", "weather"),
                name -> name.equals("HOME") ? "/nowhere" : null,
                Duration.ofMillis(5));
        assertThatThrownBy(without::status)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no AWS credentials were found: set AWS_ACCESS_KEY_ID");
    }
}
