package io.mlcicd.contract;

import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.versioning.DvcRepository;
import io.mlcicd.versioning.DvcState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Holds data sets against the versions that DVC records.
 *
 * @param repository the files of DVC around the project
 * @param criticality what it means when data are not what DVC recorded
 */
public record RecordedVersions(DvcRepository repository, Criticality criticality) {

    /**
     * One gate for each data set that DVC records: no file may differ; for the data set {@code train} it is on
     * {@code train.dvc.differing}.
     *
     * @throws InvalidInputException when data are recorded that were not pulled; the message has the command
     */
    List<GateResult> hold(Collection<? extends DataSource> data) throws InterruptedException {
        List<GateResult> results = new ArrayList<>();
        for (DataSource source : data) {
            if (source instanceof FileSource files) {
                state(files).map(state -> result(files.name(), state)).ifPresent(results::add);
            }
        }
        return results;
    }

    private Optional<DvcState> state(FileSource source) throws InterruptedException {
        return repository.check(
                source.base(), source.isPattern() ? source.files().values() : List.of(), source.shown());
    }

    private GateResult result(String name, DvcState state) {
        Gate gate = new Gate(name + ".dvc.differing", Comparison.MAX, 0, criticality, Optional.empty());
        return new GateResult(
                gate,
                Optional.empty(),
                OptionalDouble.of((double) state.differing()),
                OptionalDouble.empty(),
                state.differing() == 0 ? Outcome.PASSED : Outcome.FAILED,
                state.message());
    }
}
