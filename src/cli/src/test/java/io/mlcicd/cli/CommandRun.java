package io.mlcicd.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** One run of the command in this process, with what it printed. */
record CommandRun(int code, String out, String err) {

    static CommandRun of(String... arguments) {
        return on(false, arguments);
    }

    /** A run on a terminal that shows colours and a moving progress bar. */
    static CommandRun onTerminal(String... arguments) {
        return on(true, arguments);
    }

    /** A run in a job of GitHub Actions. */
    static CommandRun inGithub(Map<String, String> environment, String... arguments) {
        return on(false, GithubActions.of(environment), arguments);
    }

    private static CommandRun on(boolean terminal, String... arguments) {
        return on(terminal, GithubActions.NONE, arguments);
    }

    private static CommandRun on(boolean terminal, GithubActions github, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                new Terminal(new PrintWriter(out), new PrintWriter(err), terminal, terminal, 80, github), arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }
}
