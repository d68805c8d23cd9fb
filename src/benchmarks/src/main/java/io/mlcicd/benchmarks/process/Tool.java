package io.mlcicd.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tool that holds a file against checks, in a process of its own. */
interface Tool {

    /** What the table calls it. */
    String name();

    /** Why it cannot be run here; empty when it can. */
    Optional<String> missing();

    /** The command that holds a file against checks and leaves its answer in a file. */
    List<String> command(Path data, Checks checks, Path answer);

    /** Whether the process has ended as it does when it has a verdict, which may be that checks failed. */
    boolean finished(int exitCode);

    /** Reads what a process has left. */
    Answer read(Path answer, List<EqualCheck> checks) throws IOException;

    /**
     * The checks as files.
     *
     * @param list the list that runners read
     * @param contract the same as a data contract
     */
    record Checks(Path list, Path contract) {}

    /**
     * What a tool found.
     *
     * @param version of the tool and what it stands on
     * @param verdicts whether each check was kept, by its id
     */
    record Answer(String version, Map<String, Boolean> verdicts) {}
}
