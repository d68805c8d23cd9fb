package io.mlcicd.report;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageEntry;
import io.mlcicd.lineage.LineageRecord;
import java.util.ArrayList;
import java.util.List;

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
        lineage.data().forEach(data -> lines.add(line("data", data.name() + " " + artifact(data))));
        lineage.commit()
                .ifPresent(commit -> lines.add(line(
                        "commit",
                        commit.sha()
                                + commit.branch().map(branch -> " on " + branch).orElse("")
                                + (commit.dirty() ? ", with uncommitted changes" : ""))));
        lineage.training().ifPresent(training -> lines.add(line("training", String.join(" ", training.command()))));
        lineage.model().ifPresent(model -> lines.add(line("model", artifact(model))));
        lineage.evaluation().ifPresent(evaluation -> lines.add(line("evaluation", artifact(evaluation))));
        lineage.image().ifPresent(image -> lines.add(line("image", image.reference() + "@" + image.digest())));
        lineage.deployment()
                .ifPresent(deployment -> lines.add(line(
                        "deployment",
                        deployment.name() + " as " + deployment.target() + ", release " + deployment.release()
                                + deployment.url().map(url -> " at " + url).orElse("") + ", since "
                                + deployment.at())));
        return String.join("\n", lines);
    }

    private static String artifact(Artifact artifact) {
        return artifact.path() + " " + artifact.digest() + " (" + Numbers.bytes(artifact.bytes()) + ")";
    }

    private static String line(String what, String text) {
        return "  " + what + " ".repeat(11 - what.length()) + text;
    }
}
