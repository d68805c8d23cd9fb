package io.mlcicd.cli;

import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges a model by its predictions. */
@Command(
        name = "evaluate",
        description = "Computes quality metrics from predictions, applies gates, compares with the champion.",
        footer = {
            "  mlcicd evaluate docs/examples/seattle-weather",
            "  mlcicd evaluate --predictions p.csv --task binary --label y --score p --gate 'rocAuc.lower95>=0.8'",
            "  mlcicd evaluate --reported metrics.json --gate 'val_loss<=0.3'"
        })
final class EvaluateCommand extends StageCommand {

    @Option(names = "--predictions", paramLabel = "FILE", description = "File with labels and predictions.")
    private Path predictions;

    @Option(names = "--reported", paramLabel = "FILE", description = "JSON with metrics instead of predictions.")
    private Path reported;

    @Option(names = "--task", description = "binary, multiclass, multilabel, regression, quantile or ranking.")
    private String task;

    @Option(names = "--label", paramLabel = "COLUMN", description = "Column with the true value.")
    private String label;

    @Option(names = "--prediction", paramLabel = "COLUMN", description = "Column with the predicted value.")
    private String prediction;

    @Option(
            names = "--score",
            paramLabel = "COLUMN",
            description = "Binary: column with the positive class's score; ranking: what documents are ranked by.")
    private String score;

    @Option(names = "--positive", paramLabel = "LABEL", description = "Binary: label of the positive class.")
    private String positive;

    @Option(names = "--threshold", paramLabel = "SCORE", description = "Binary: score from which a row is positive.")
    private Double threshold;

    @Option(
            names = "--cost",
            paramLabel = "OUTCOME=COST",
            description =
                    "Binary: what a truePositive, falsePositive, falseNegative or trueNegative costs; repeatable.")
    private Map<String, Double> costs;

    @Option(
            names = "--quantile",
            paramLabel = "LEVEL=COLUMN",
            description = "Quantile: column with the predicted quantile of a level, such as 0.9=q90; repeatable.")
    private Map<String, String> quantiles;

    @Option(names = "--query", paramLabel = "COLUMN", description = "Ranking: column that names the query.")
    private String query;

    @Option(names = "--weight", paramLabel = "COLUMN", description = "Column that says how much a row counts.")
    private String weight;

    @Option(
            names = "--id",
            paramLabel = "COLUMN",
            description = "Column that names a row here and in the champion's predictions.")
    private String id;

    @Option(
            names = "--slice",
            paramLabel = "SLICE",
            converter = SliceOption.class,
            description = "Splits the data by a column, by bins (age:18,30,65) or by a combination (season+region);"
                    + " repeatable.")
    private List<Object> slices;

    @Option(names = "--worst-slices", description = "Searches for the slices on which the model does worst.")
    private boolean worstSlices;

    @Option(
            names = "--fairness",
            paramLabel = "SLICE",
            description = "Binary: name of a slice whose groups are to be treated alike; repeatable.")
    private List<String> fairness;

    @Option(
            names = "--tests",
            paramLabel = "FILE",
            description = "JUnit XML with results of the model's own tests; repeatable.")
    private List<Path> tests;

    @Option(names = "--champion", paramLabel = "FILE", description = "Result document to compare with.")
    private Path champion;

    @Option(
            names = "--champion-predictions",
            paramLabel = "FILE",
            description = "The champion's predictions for the same rows, to compare row by row.")
    private Path championPredictions;

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            converter = GateOption.class,
            description = "Gate instead of those in mlcicd.yml, such as 'accuracy>=0.75', or on a limit of the"
                    + " confidence interval 'accuracy.lower95>=0.7'; repeatable.")
    private List<Map<String, Object>> gates;

    @Option(
            names = "--thresholds",
            paramLabel = "FILE",
            description = "Gates of TFMA (.pbtxt, .json) or MLflow (.json, .yml); repeatable.")
    private List<Path> thresholds;

    @Mixin
    private EvaluationOutputs outputs;

    @Mixin
    private EngineOption engine;

    EvaluateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void replace(Replacements replacements) {
        replacements
                .without(reported, "--reported", "/evaluate/predictions", "/evaluate/endpoint")
                .without(predictions, "--predictions", "/evaluate/reported", "/evaluate/endpoint")
                .set("/model/task", task, "--task")
                .setPath("/evaluate/predictions", predictions, "--predictions")
                .setPath("/evaluate/reported", reported, "--reported")
                .set("/evaluate/label", label, "--label")
                .set("/evaluate/prediction", prediction, "--prediction")
                .set("/evaluate/score", score, "--score")
                .set("/evaluate/positive", positive, "--positive")
                .set("/evaluate/threshold", threshold, "--threshold")
                .set("/evaluate/costs", costs, "--cost")
                .set("/evaluate/quantiles", quantiles, "--quantile")
                .set("/evaluate/query", query, "--query")
                .set("/evaluate/weight", weight, "--weight")
                .set("/evaluate/id", id, "--id")
                .set("/evaluate/slices", slices, "--slice")
                .set("/evaluate/worstSlices", worstSlices ? Map.of() : null, "--worst-slices")
                .set("/evaluate/fairness", fairness, "--fairness")
                .setPaths("/evaluate/tests", tests, "--tests")
                .setPath("/evaluate/champion", champion, "--champion")
                .setPath("/evaluate/championPredictions", championPredictions, "--champion-predictions")
                .set("/evaluate/gates", gates, "--gate")
                .setPaths("/evaluate/thresholds", thresholds, "--thresholds");
    }

    @Override
    Optional<EvaluationOutputs> outputs() {
        return Optional.of(outputs);
    }

    @Override
    Optional<EngineOption> engine() {
        return Optional.of(engine);
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.evaluate();
    }
}
