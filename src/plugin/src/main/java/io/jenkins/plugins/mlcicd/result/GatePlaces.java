package io.jenkins.plugins.mlcicd.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.config.Project;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.Result;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Where the gates that failed stand in the project's file, as far as that is known. */
public final class GatePlaces {

    /** Of a stage whose gates are known to stand nowhere. */
    static final GatePlaces NONE = new GatePlaces(Project.FILE, new TreeMap<>());

    private final String file;
    private final TreeMap<String, Integer> lines;

    private GatePlaces(String file, TreeMap<String, Integer> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** The lines of a stage's gates that failed, each under its {@link #key}; those that stand elsewhere have none. */
    public static TreeMap<String, Integer> lines(Project project, Result<?> result) {
        TreeMap<String, Integer> lines = new TreeMap<>();
        for (GateResult gate : result.gates()) {
            if (gate.outcome() == Outcome.FAILED) {
                project.line(result.stage(), gate.gate()).ifPresent(line -> lines.put(key(gate.gate()), line));
            }
        }
        return lines;
    }

    /** What tells a gate from others of its stage. */
    private static String key(Gate gate) {
        return gate.metric() + " " + gate.comparison().key() + " " + gate.threshold()
                + gate.slice().map(column -> " by " + column).orElse("");
    }

    /**
     * Keeps the lines of gates that failed.
     *
     * @param dir the project's folder, relative to the workspace
     * @param lines what {@link #lines} told on an agent
     */
    public static GatePlaces of(String dir, Map<String, Integer> lines, Result<JsonNode> result) {
        TreeMap<String, Integer> failed = new TreeMap<>();
        for (GateResult gate : result.gates()) {
            String key = key(gate.gate());
            Integer line = lines.get(key);
            if (gate.outcome() == Outcome.FAILED && line != null && line > 0) {
                failed.put(key, line);
            }
        }
        Path file = Path.of(dir).resolve(Project.FILE).normalize();
        return new GatePlaces(file.toString().replace('\\', '/'), failed);
    }

    /** The file, relative to the workspace. */
    public String file() {
        return file;
    }

    /** The line of a gate that failed; empty when it is not known. */
    public OptionalInt line(GateResult gate) {
        Integer line = lines.get(key(gate.gate()));
        return line == null ? OptionalInt.empty() : OptionalInt.of(line);
    }
}
