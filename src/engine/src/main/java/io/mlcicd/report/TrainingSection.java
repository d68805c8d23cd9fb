package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import io.mlcicd.pipeline.TrainingDetails;
import java.util.List;

/** The training command and the last lines it printed. */
final class TrainingSection {

    private TrainingSection() {}

    static Markup draw(TrainingDetails training) {
        return Markup.join(List.of(
                element("p", element("code", String.join(" ", training.command()))),
                training.output().isEmpty()
                        ? Markup.NONE
                        : element("pre", element("code", String.join("\n", training.output())))));
    }
}
