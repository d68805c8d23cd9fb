package io.mlcicd.cli;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Entry point of the {@code mlcicd} command. */
public final class Main {

    /** How long a stopped command may take to undo what is half done. */
    private static final long UNDO_MILLIS = 15_000;

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Thread worker = Thread.currentThread();
        Thread undo = new Thread(() -> awaitUndo(worker), "undo");
        Runtime.getRuntime().addShutdownHook(undo);
        int code = run(Terminal.ofProcess(out, err, System.getenv()), arguments);
        out.flush();
        err.flush();
        if (code == ExitCode.INTERRUPTED) {
            return; // the process is ending already, on the signal that interrupted us
        }
        Runtime.getRuntime().removeShutdownHook(undo);
        System.exit(code);
    }

    /** Interrupts the work on a signal and lets it clean up before the process ends. */
    private static void awaitUndo(Thread worker) {
        worker.interrupt();
        try {
            worker.join(UNDO_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the command on this terminal and returns its exit code; the process goes on. */
    static int run(Terminal terminal, String... arguments) {
        return commandLine(terminal).execute(arguments);
    }

    static CommandLine commandLine(Terminal terminal) {
        CommandLine line = new CommandLine(new MlcicdCommand(), new CommandFactory(terminal));
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.colors() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setUsageHelpWidth(Math.min(100, terminal.columns()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((exception, command, parsed) -> report(terminal, exception));
        line.setParameterExceptionHandler((exception, unused) -> refuse(terminal, exception));
        return line;
    }

    private static int report(Terminal terminal, Exception exception) {
        if (exception instanceof InvalidInputException) {
            return fail(terminal, exception.getMessage(), ExitCode.UNUSABLE_INPUT);
        }
        if (exception instanceof OutsideSystemException) {
            return fail(terminal, exception.getMessage(), ExitCode.OUTSIDE_SYSTEM);
        }
        if (exception instanceof InterruptedException) {
            return fail(terminal, "stopped; nothing half done was left behind", ExitCode.INTERRUPTED);
        }
        exception.printStackTrace(terminal.err());
        return fail(
                terminal,
                "this is a fault of mlcicd itself, please report it with the lines above: " + exception,
                ExitCode.OUTSIDE_SYSTEM);
    }

    private static int refuse(Terminal terminal, ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        List<String> suggestions = exception instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
        String hint = suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
        String help = command.getCommandSpec().qualifiedName() + " --help";
        return fail(terminal, exception.getMessage() + hint + " (see '" + help + "')", ExitCode.UNUSABLE_INPUT);
    }

    private static int fail(Terminal terminal, String message, int code) {
        terminal.err().println(terminal.red("mlcicd:") + " " + message);
        terminal.github().error(message).ifPresent(terminal.err()::println);
        terminal.err().flush();
        return code;
    }
}
