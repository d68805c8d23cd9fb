package io.mlcicd.cli;

import io.mlcicd.config.Project;
import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Pipeline;
import io.mlcicd.pipeline.RunDetails;
import io.mlcicd.pipeline.Stages;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole pipeline of a project. */
@Command(
        name = "run",
        description = "Runs the whole pipeline: data, training, evaluation, package, deployment, drift.",
        footer = {"  mlcicd run docs/examples/seattle-weather", "  mlcicd run --stop --html report.html"})
final class RunCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ProjectOption project;

    @Option(names = "--stop", description = "Stops the service again once everything has been checked.")
    private boolean stop;

    @Mixin
    private EngineOption engine;

    @Mixin
    private OutputOptions output;

    @Mixin
    private EvaluationOutputs outputs;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Replacements replacements = new Replacements(project.folder());
        engine.replace(replacements);
        Project loaded = Project.load(project.path(), replacements.all());
        ResultPrinter printer = new ResultPrinter(terminal, output, ResultFiles.of(outputs), Optional.of(loaded));
        printer.title(loaded.model());
        Result<RunDetails> result;
        try (ProgressBar progress = new ProgressBar(terminal, output.quiet())) {
            Stages stages = new Stages(loaded, progress, System::getenv);
            result = new Pipeline(stages).run(stop, stage -> {
                progress.close();
                printer.stage(stage);
            });
        }
        printer.skipped(result.details().skipped());
        printer.report(result, loaded.reportFile());
        return printer.conclude(result);
    }
}
