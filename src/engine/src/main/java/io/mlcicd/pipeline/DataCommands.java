package io.mlcicd.pipeline;

import io.mlcicd.contract.ContractWriter;
import io.mlcicd.contract.InferContract;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileDetails;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Path;
import java.util.List;

/** What can be done with data files alone, without a project. */
public final class DataCommands {

    private DataCommands() {}

    /** Sums up data sets. */
    public static Result<ProfileDetails> profile(List<DataSource> sources, Progress progress)
            throws InterruptedException {
        return new ProfileData().run(new ProfileRequest(sources), progress);
    }

    /** Stores the profile of the first data file, as a reference for drift. */
    public static void store(Result<ProfileDetails> result, Path file) {
        DataProfiles.write(result.details().data().get(0), file);
    }

    /** Proposes a contract for a data set, as the text of {@code contract.yml}. */
    public static String infer(DataSource data, Progress progress) throws InterruptedException {
        DataProfile profile = profile(List.of(data), progress).details().data().get(0);
        return ContractWriter.write(InferContract.infer(profile), profile);
    }
}
