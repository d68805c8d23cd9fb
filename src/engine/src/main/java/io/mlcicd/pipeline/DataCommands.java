package io.mlcicd.pipeline;

import io.mlcicd.contract.ContractWriter;
import io.mlcicd.contract.InferContract;
import io.mlcicd.contract.UpdateContract;
import io.mlcicd.contract.imports.ContractImport;
import io.mlcicd.contract.imports.ImportedContract;
import io.mlcicd.data.ChosenEngines;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.EngineChoice;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileDetails;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What can be done with data files alone, without a project. */
public final class DataCommands {

    private DataCommands() {}

    /** Sums up data sets. */
    public static Result<ProfileDetails> profile(List<DataSource> sources, EngineChoice choice, Progress progress)
            throws InterruptedException {
        ChosenEngines engines = new ChosenEngines(choice);
        Result<ProfileDetails> result = new ProfileData(engines).run(new ProfileRequest(sources), progress);
        return engines.computed().map(result::withComputed).orElse(result);
    }

    /** Stores the profile of the first data file, as a reference for drift. */
    public static void store(Result<ProfileDetails> result, Path file) {
        DataProfiles.write(result.details().data().get(0), file);
    }

    /** Proposes a contract for a data set, as the text of {@code contract.yml}. */
    public static String infer(DataSource data, EngineChoice choice, Progress progress) throws InterruptedException {
        DataProfile profile =
                profile(List.of(data), choice, progress).details().data().get(0);
        return ContractWriter.write(InferContract.infer(profile), profile);
    }

    /**
     * A contract of another tool in the words of ours.
     *
     * @param yaml the text of {@code contract.yml}
     * @param tool whose it was
     * @param carried how many of its checks the contract has
     * @param left what could not be carried, a line each, with the reason
     */
    public record Translated(String yaml, String tool, int carried, List<String> left) {}

    /**
     * Says another tool's contract in the words of ours.
     *
     * @throws InvalidInputException when the file is no contract of a tool that is known
     */
    public static Translated translate(Path file) {
        ImportedContract imported = ContractImport.read(file)
                .orElseThrow(() -> new InvalidInputException(
                        file + " is no contract of a tool that is known: a suite of Great Expectations (JSON), a"
                                + " Frictionless Table Schema or Data Package, a schema of TensorFlow Data Validation"
                                + " (.pbtxt) or of pandera (YAML)"));
        return new Translated(
                ContractWriter.write(file, imported),
                imported.tool(),
                imported.carried(),
                imported.left().stream()
                        .map(left -> left.what() + ": " + left.why())
                        .toList());
    }

    /**
     * A contract that was widened.
     *
     * @param yaml its text
     * @param difference each line that changes, as {@code -} and {@code +}, below a {@code #} with the reason
     * @param left what the data break still, for a person to decide
     */
    public record Widened(String yaml, List<String> difference, List<String> left) {}

    /** Widens a contract until the data keep it, where that is a matter of degree. */
    public static Widened update(DataSource data, Path contract, EngineChoice choice, Progress progress)
            throws InterruptedException {
        UpdateContract.Updated updated = UpdateContract.update(data, contract, new ChosenEngines(choice), progress);
        List<String> difference = new ArrayList<>();
        for (UpdateContract.Change change : updated.changes()) {
            difference.add("# " + change.why());
            change.before().ifPresent(line -> difference.add("-" + line));
            difference.add("+" + change.after());
        }
        return new Widened(updated.yaml(), difference, updated.left());
    }
}
