package io.jenkins.plugins.mlcicd.checks;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.checks.api.ChecksAnnotation;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationBuilder;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationLevel;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.result.GatePlaces;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Result;
import io.mlcicd.report.PullRequestSummary;
import io.mlcicd.report.VerdictSentence;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import jenkins.model.Jenkins;

/** The check of one model: its conclusion follows from the gates, its annotations point at those that failed. */
final class ModelCheck {

    /** GitHub takes titles of 255 characters and 50 annotations at a time. */
    private static final int TITLE = 250;

    private static final int ANNOTATIONS = 50;

    private ModelCheck() {}

    static ChecksDetails of(Run<?, ?> run, String model, Map<Result<JsonNode>, GatePlaces> documents) {
        List<Result<JsonNode>> results = List.copyOf(documents.keySet());
        Verdict verdict = results.stream().map(Result::verdict).reduce(Verdict.PASSED, Verdict::and);
        ChecksOutputBuilder output = new ChecksOutputBuilder()
                .withTitle(title(run, verdict, VerdictSentence.of(results)))
                .withSummary(PullRequestSummary.markdown(results))
                .withAnnotations(annotations(documents));
        ChecksDetailsBuilder details = new ChecksDetailsBuilder()
                .withName("ml-cicd / " + model)
                .withStatus(ChecksStatus.COMPLETED)
                .withConclusion(conclusion(run, verdict))
                .withStartedAt(utc(Instant.ofEpochMilli(run.getStartTimeInMillis())))
                .withCompletedAt(utc(Instant.now()))
                .withOutput(output.build());
        String root = Jenkins.get().getRootUrl();
        if (root != null) {
            details.withDetailsURL(root + run.getUrl() + ModelBuildAction.URL_NAME + "/");
        }
        return details.build();
    }

    private static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private static boolean failed(Run<?, ?> run) {
        hudson.model.Result result = run.getResult();
        return result != null && result.isWorseOrEqualTo(hudson.model.Result.FAILURE);
    }

    /** A build that ended early has not asked all gates, so what it has asked concludes nothing good. */
    private static ChecksConclusion conclusion(Run<?, ?> run, Verdict verdict) {
        if (run.getResult() == hudson.model.Result.ABORTED) {
            return ChecksConclusion.CANCELED;
        }
        return switch (verdict) {
            case PASSED -> failed(run) ? ChecksConclusion.NEUTRAL : ChecksConclusion.SUCCESS;
            case UNSTABLE -> ChecksConclusion.NEUTRAL;
            case FAILED -> ChecksConclusion.FAILURE;
        };
    }

    private static String title(Run<?, ?> run, Verdict verdict, String sentence) {
        String text = verdict != Verdict.FAILED && failed(run) ? Messages.ModelCheck_endedEarly(sentence) : sentence;
        return text.length() <= TITLE ? text : text.substring(0, TITLE - 1) + "…";
    }

    private static List<ChecksAnnotation> annotations(Map<Result<JsonNode>, GatePlaces> documents) {
        List<ChecksAnnotation> annotations = new ArrayList<>();
        documents.forEach((document, places) -> document.gates().stream()
                .filter(gate -> gate.outcome() == Outcome.FAILED)
                .forEach(gate -> {
                    OptionalInt line = places.line(gate);
                    if (line.isPresent() && annotations.size() < ANNOTATIONS) {
                        annotations.add(annotation(gate, places.file(), line.getAsInt()));
                    }
                }));
        return annotations;
    }

    private static ChecksAnnotation annotation(GateResult gate, String file, int line) {
        return new ChecksAnnotationBuilder()
                .withPath(file)
                .withLine(line)
                .withAnnotationLevel(
                        switch (gate.gate().criticality()) {
                            case FAILURE -> ChecksAnnotationLevel.FAILURE;
                            case UNSTABLE -> ChecksAnnotationLevel.WARNING;
                            case NOTE -> ChecksAnnotationLevel.NOTICE;
                        })
                .withTitle(gate.gate().metric())
                .withMessage(gate.message())
                .build();
    }
}
