package io.mlcicd.cli;

import io.mlcicd.config.Project;
import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that runs one stage of a project and tells its result. */
abstract class StageCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ProjectOption project;

    @Mixin
    private OutputOptions output;

    StageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Says which keys of {@code mlcicd.yml} this command's options replace. */
    abstract void replace(Replacements replacements);

    /** What else may be written of the result, where the stage is an evaluation. */
    Optional<EvaluationOutputs> outputs() {
        return Optional.empty();
    }

    /** What computes on data, where the stage reads any. */
    Optional<EngineOption> engine() {
        return Optional.empty();
    }

    /** The environment that the project is to be seen in. */
    Optional<String> environment() {
        return Optional.empty();
    }

    /** Runs the stage. */
    abstract Result<?> perform(Stages stages) throws InterruptedException;

    @Override
    public Integer call() throws InterruptedException {
        ResultFiles files = outputs().map(ResultFiles::of).orElse(ResultFiles.NONE);
        Project loaded;
        Result<?> result;
        try (ProgressBar progress = new ProgressBar(terminal, output.quiet())) {
            loaded = loadProject();
            result = perform(new Stages(loaded, progress, System::getenv));
        }
        return new ResultPrinter(terminal, output, files, Optional.of(loaded)).tell(result);
    }

    final Terminal terminal() {
        return terminal;
    }

    final OutputOptions output() {
        return output;
    }

    final Project loadProject() {
        Replacements replacements = new Replacements(project.folder());
        replace(replacements);
        engine().ifPresent(option -> option.replace(replacements));
        Project loaded = Project.load(project.path(), replacements.all());
        return environment().map(loaded::in).orElse(loaded);
    }
}
