package io.mlcicd.lineage;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the model was made.
 *
 * @param command the training command with its arguments; empty when only its run is known
 * @param seconds wall-clock time it took; empty when ml-cicd did not run it itself
 * @param data names of the data sets that it was made of; empty when that is not known, and then it may be any
 * @param run the address of the run in which a tracking server keeps it; empty when there is none
 */
public record Training(List<String> command, OptionalDouble seconds, List<String> data, Optional<String> run) {

    public Training {
        command = List.copyOf(command);
        // Records of the first version do not have them.
        data = data == null ? List.of() : List.copyOf(data);
    }

    /** A training of which it is not known what data it took. */
    public Training(List<String> command, OptionalDouble seconds) {
        this(command, seconds, List.of(), Optional.empty());
    }

    /** What is known of it in two places; where both know, {@code later} wins. */
    Training and(Training later) {
        return new Training(
                later.command.isEmpty() ? command : later.command,
                later.seconds.isPresent() ? later.seconds : seconds,
                later.data.isEmpty() ? data : later.data,
                later.run.or(() -> run));
    }

    /** The same training, made of these. */
    public Training withData(List<String> names) {
        return new Training(command, seconds, names, run);
    }

    /** The same, kept in that run. */
    public Training withRun(String address) {
        return new Training(command, seconds, data, Optional.of(address));
    }

    /** What is the same whenever it is done again. */
    public Training withoutTime() {
        return new Training(command, OptionalDouble.empty(), data, Optional.empty());
    }

    /** Whether it may have been made of the artifact of that name; the pointer file of a data set goes with it. */
    public boolean took(String artifact) {
        return data.isEmpty()
                || data.stream().anyMatch(name -> artifact.equals(name) || artifact.equals(name + ".dvc"));
    }
}
