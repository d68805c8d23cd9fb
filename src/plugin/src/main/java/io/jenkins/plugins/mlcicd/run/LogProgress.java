package io.jenkins.plugins.mlcicd.run;

import io.mlcicd.operation.Progress;
import java.io.PrintStream;

/** Writes an operation's progress to the build's log: a line when something new begins, not for every percent. */
final class LogProgress implements Progress {

    private final PrintStream log;
    private String current = "";

    LogProgress(PrintStream log) {
        this.log = log;
    }

    @Override
    public synchronized void step(String what, double fraction) {
        if (!what.equals(current)) {
            current = what;
            line(what);
        }
    }

    @Override
    public void line(String text) {
        log.println(StageRun.PREFIX + text);
    }
}
