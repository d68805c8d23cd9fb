package io.mlcicd.cli;

import io.mlcicd.data.ProfileDetails;
import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.DataCommands;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sums up data sets. */
@Command(
        name = "profile",
        description = "Sums up data sets: types, nulls, ranges, quantiles, frequent values.",
        footer = {
            "  mlcicd profile data/train.csv --html profile.html",
            "  mlcicd profile data/train.csv --output train.profile.json   # a reference for drift"
        })
final class ProfileCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DATA", description = "Files, folders, patterns or, for Spark, URIs.")
    private List<String> data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Stores the profile of a single data file, to be a reference for drift.")
    private Path stored;

    @Mixin
    private ReadingOptions reading;

    @Mixin
    private EngineOption engine;

    @Mixin
    private OutputOptions output;

    ProfileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (stored != null && data.size() != 1) {
            throw new ParameterException(spec.commandLine(), "--output stores the profile of one data file, not more");
        }
        Result<ProfileDetails> result;
        try (ProgressBar progress = new ProgressBar(terminal, output.quiet())) {
            result = DataCommands.profile(data.stream().map(reading::source).toList(), engine.choice(), progress);
        }
        if (stored != null) {
            DataCommands.store(result, stored);
        }
        new ProfileTable(terminal).print(result.details());
        return new ResultPrinter(terminal, output, ResultFiles.NONE, Optional.empty()).tell(result);
    }
}
