package io.mlcicd.report;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageEntry;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A lineage record as lines of text, from data to deployment. */
public final class LineageText {

    private LineageText() {}

    /** The record with a headline that says of what and when it is. */
    public static String of(LineageEntry entry) {
        return entry.model() + ", recorded " + entry.recordedAt() + "\n" + of(entry.record());
    }

    /** The chain, one line a link. */
    public static String of(LineageRecord lineage) {
        List<String> lines = new ArrayList<>();
        lineage.data().forEach(data -> lines.add(line("data", data.name() + " " + artifact(data) + dvc(data))));
        lineage.commit()
                .ifPresent(commit -> lines.add(line(
                        "commit",
                        commit.sha()
                                + commit.branch().map(branch -> " on " + branch).orElse("")
                                + commit.tag().map(tag -> ", tagged " + tag).orElse("")
                                + (commit.dirty() ? ", with uncommitted changes" : ""))));
        lineage.environment()
                .ifPresent(environment -> lines.add(line(
                        "environment",
                        environment.platform()
                                + environment
                                        .runtime()
                                        .map(runtime -> ", " + runtime)
                                        .orElse("")
                                + environment.dependencies().stream()
                                        .map(file -> ", " + file.path())
                                        .collect(Collectors.joining()))));
        lineage.parameters().ifPresent(parameters -> lines.add(line("parameters", values(parameters.values()))));
        lineage.training()
                .filter(training -> !training.command().isEmpty())
                .ifPresent(training -> lines.add(line("training", String.join(" ", training.command()))));
        lineage.training().flatMap(Training::run).ifPresent(run -> lines.add(line("run", run)));
        lineage.model().ifPresent(model -> lines.add(line("model", artifact(model))));
        lineage.evaluation().ifPresent(evaluation -> lines.add(line("evaluation", artifact(evaluation))));
        lineage.image().ifPresent(image -> lines.add(line("image", image.reference() + "@" + image.digest())));
        lineage.deployment()
                .ifPresent(deployment -> lines.add(line(
                        "deployment",
                        deployment.name() + " as " + deployment.target() + ", release " + deployment.release()
                                + deployment.url().map(url -> " at " + url).orElse("") + ", since "
                                + deployment.at())));
        lineage.registered()
                .ifPresent(registered -> lines.add(line(
                        "registered",
                        registered.name() + " version " + registered.version()
                                + registered
                                        .alias()
                                        .map(alias -> " as " + alias)
                                        .orElse("") + " in "
                                + registered.registry())));
        return String.join("\n", lines);
    }

    private static String values(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String dvc(Artifact artifact) {
        return artifact.dvc()
                .map(version -> ", " + version.hash() + " in " + version.file()
                        + version.remote().map(remote -> " at " + remote).orElse(""))
                .orElse("");
    }

    private static String artifact(Artifact artifact) {
        return artifact.path() + " " + artifact.digest() + " (" + Numbers.bytes(artifact.bytes()) + ")";
    }

    private static String line(String what, String text) {
        return "  " + what + " ".repeat(12 - what.length()) + text;
    }
}
