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

/** Says whether the world has moved. */
@Command(
        name = "drift",
        description = "Compares current data with a reference and says whether they have drifted.",
        footer = {
            "  mlcicd drift docs/examples/seattle-weather",
            "  mlcicd drift --reference train.profile.json --current today.csv --gate 'drift.share<=0.3'"
        })
final class DriftCommand extends StageCommand {

    @Option(names = "--reference", paramLabel = "FILE", description = "Reference data, or a stored profile (.json).")
    private Path reference;

    @Option(names = "--current", paramLabel = "FILE", description = "Current data, or a stored profile (.json).")
    private Path current;

    @Option(names = "--column", paramLabel = "COLUMN", description = "Compares only this column; repeatable.")
    private List<String> columns;

    @Option(names = "--exclude", paramLabel = "COLUMN", description = "Does not compare this column; repeatable.")
    private List<String> exclude;

    @Option(
            names = "--method",
            description =
                    "Decides when a column has drifted: auto, psi, ks, ad, cvm, wasserstein, js, hellinger, kl, tv, linf, chi2, g or fisher.")
    private String method;

    @Option(names = "--threshold", paramLabel = "NUMBER", description = "Threshold for --method.")
    private Double threshold;

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            converter = GateOption.class,
            description = "Gate instead of those in mlcicd.yml, such as 'drift.share<=0.3'; repeatable.")
    private List<Map<String, Object>> gates;

    @Mixin
    private EngineOption engine;

    DriftCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void replace(Replacements replacements) {
        replacements
                .setPath("/drift/reference", reference, "--reference")
                .setPath("/drift/current", current, "--current")
                .set("/drift/columns", columns, "--column")
                .set("/drift/exclude", exclude, "--exclude")
                .set("/drift/columnTest/method", method, "--method")
                .set("/drift/columnTest/threshold", threshold, "--threshold")
                .set("/drift/gates", gates, "--gate");
    }

    @Override
    Optional<EngineOption> engine() {
        return Optional.of(engine);
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.drift();
    }
}
