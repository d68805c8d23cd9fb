package io.mlcicd.cli;

import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Judges a model by its predictions. */
@Command(
        name = "evaluate",
        description = "Computes quality metrics from predictions, applies gates, compares with the champion.",
        footer = {
            "  mlcicd evaluate docs/examples/seattle-weather",
            "  mlcicd evaluate --predictions p.csv --task binary --label y --score p --gate 'rocAuc>=0.8'"
        })
final class EvaluateCommand extends StageCommand {

    @Option(names = "--predictions", paramLabel = "FILE", description = "File with labels and predictions.")
    private Path predictions;

    @Option(names = "--task", description = "binary, multiclass or regression.")
    private String task;

    @Option(names = "--label", paramLabel = "COLUMN", description = "Column with the true value.")
    private String label;

    @Option(names = "--prediction", paramLabel = "COLUMN", description = "Column with the predicted value.")
    private String prediction;

    @Option(names = "--score", paramLabel = "COLUMN", description = "Binary: column with the positive class's score.")
    private String score;

    @Option(names = "--positive", paramLabel = "LABEL", description = "Binary: label of the positive class.")
    private String positive;

    @Option(names = "--slice", paramLabel = "COLUMN", description = "Splits the data by a column; repeatable.")
    private List<String> slices;

    @Option(names = "--champion", paramLabel = "FILE", description = "Result document to compare with.")
    private Path champion;

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            converter = GateOption.class,
            description = "Gate instead of those in mlcicd.yml, such as 'accuracy>=0.75'; repeatable.")
    private List<Map<String, Object>> gates;

    EvaluateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void replace(Replacements replacements) {
        replacements
                .set("/model/task", task, "--task")
                .setPath("/evaluate/predictions", predictions, "--predictions")
                .set("/evaluate/label", label, "--label")
                .set("/evaluate/prediction", prediction, "--prediction")
                .set("/evaluate/score", score, "--score")
                .set("/evaluate/positive", positive, "--positive")
                .set("/evaluate/slices", slices, "--slice")
                .setPath("/evaluate/champion", champion, "--champion")
                .set("/evaluate/gates", gates, "--gate");
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.evaluate();
    }
}
