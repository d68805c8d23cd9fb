package io.mlcicd.cli;

import io.mlcicd.operation.Tool;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself; all work is in its subcommands. */
@Command(
        name = "mlcicd",
        description = "Continuous integration, delivery and training for machine-learning models.",
        mixinStandardHelpOptions = true,
        versionProvider = MlcicdCommand.Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        subcommands = {
            RunCommand.class,
            ValidateCommand.class,
            ProfileCommand.class,
            InferCommand.class,
            ImportCommand.class,
            EvaluateCommand.class,
            PackageCommand.class,
            DeployCommand.class,
            PromoteCommand.class,
            StatusCommand.class,
            RollbackCommand.class,
            UndeployCommand.class,
            PullCommand.class,
            DriftCommand.class,
            LineageCommand.class,
            ReproduceCommand.class,
            ReportCommand.class,
            SchemaCommand.class,
            CompletionCommand.class,
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all gates passed (or only such failed as warn)",
            "1:a gate of criticality FAILURE failed, or, with --strict, one of UNSTABLE",
            "2:the input or the arguments cannot be used",
            "3:a registry, a service or another program failed"
        },
        footerHeading = "%nExample:%n",
        footer = "  mlcicd run docs/examples/seattle-weather")
final class MlcicdCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is needed: " + String.join(", ", spec.subcommands().keySet()));
    }

    /** Tells the version of the engine that is on the class path. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"mlcicd " + Tool.current().version()};
        }
    }
}
