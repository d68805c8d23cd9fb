package io.mlcicd.pipeline;

import io.mlcicd.contract.ContractWriter;
import io.mlcicd.contract.InferContract;
import io.mlcicd.contract.imports.ContractImport;
import io.mlcicd.contract.imports.ImportedContract;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileDetails;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Path;
import java.util.List;

/** What can be done with data files alone, without a project. */
public final class DataCommands {

    private DataCommands() {}

    /** Sums up data files, each named after itself. */
    public static Result<ProfileDetails> profile(List<Path> files, Progress progress) throws InterruptedException {
        List<DataSource> sources = files.stream()
                .map(file -> DataSource.of(file.getFileName().toString(), file))
                .toList();
        return new ProfileData().run(new ProfileRequest(sources), progress);
    }

    /** Stores the profile of the first data file, as a reference for drift. */
    public static void store(Result<ProfileDetails> result, Path file) {
        DataProfiles.write(result.details().data().get(0), file);
    }

    /** Proposes a contract for a data file, as the text of {@code contract.yml}. */
    public static String infer(Path file, Progress progress) throws InterruptedException {
        DataProfile profile = profile(List.of(file), progress).details().data().get(0);
        return ContractWriter.write(InferContract.infer(profile), profile);
    }

    /**
     * A contract of another tool in the words of ours.
     *
     * @param yaml the text of {@code contract.yml}
     * @param imported what was carried, and what was left behind
     */
    public record Translated(String yaml, ImportedContract imported) {}

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
        return new Translated(ContractWriter.write(file, imported), imported);
    }
}
