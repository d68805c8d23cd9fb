package io.mlcicd.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.lineage.graph.Node;
import java.util.List;
import java.util.Locale;

/**
 * How a model can be made again, and whether everything that takes is still there.
 *
 * @param model the model
 * @param commands shell commands, in their order
 * @param parts everything it was made of, and what becomes of it
 */
public record Reproduction(Node model, List<Command> commands, List<Part> parts) {

    /** Whether a part is still to be had. */
    public enum State {
        /** It is there, with the very content. */
        PRESENT,
        /** There is something else in its place. */
        CHANGED,
        /** It is not there. */
        MISSING,
        /** That cannot be told from here. */
        UNKNOWN;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A command.
     *
     * @param line what to type
     * @param expected what must come of it, such as a digest; empty for nothing in particular
     */
    public record Command(String line, String expected) {}

    /**
     * A part of what the model was made of.
     *
     * @param node the part
     * @param state whether it is still to be had
     * @param message where it was looked for and what was found
     */
    public record Part(Node node, State state, String message) {}

    public Reproduction {
        commands = List.copyOf(commands);
        parts = List.copyOf(parts);
    }

    /** Whether nothing is known to be missing or changed. */
    @JsonProperty("possible")
    public boolean isPossible() {
        return parts.stream().noneMatch(part -> part.state() == State.MISSING || part.state() == State.CHANGED);
    }
}
