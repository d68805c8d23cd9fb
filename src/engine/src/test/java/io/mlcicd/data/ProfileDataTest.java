package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.document.Json;
import io.mlcicd.document.JsonSchemas;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileDataTest {

    @TempDir
    private Path folder;

    private Result<ProfileDetails> profile() throws Exception {
        Path train = Files.writeString(folder.resolve("train.csv"), "x,s\n1,a\n2,\nNaN,b\n");
        Path current = Files.writeString(folder.resolve("current.jsonl"), "{\"x\":1}\n");
        return new ProfileData()
                .run(
                        new ProfileRequest(List.of(DataSource.of("train", train), DataSource.of("current", current))),
                        Progress.NONE);
    }

    @Test
    void everyDataSetIsProfiledUnderItsName() throws Exception {
        Result<ProfileDetails> result = profile();
        assertThat(result.stage()).isEqualTo(Stage.PROFILE);
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.metrics())
                .isEqualTo(Map.of(
                        "train.rows", 3.0,
                        "train.columns", 2.0,
                        "train.nullShare", 1 / 6.0,
                        "current.rows", 1.0,
                        "current.columns", 1.0,
                        "current.nullShare", 0.0));
        assertThat(result.details().data()).extracting(DataProfile::name).containsExactly("train", "current");
        assertThat(result.details().data().get(0).sources())
                .containsExactly(result.inputs().get(0));
        assertThat(result.lineage().data()).isEqualTo(result.inputs());
    }

    @Test
    void theResultDocumentKeepsItsSchemaAndComesBackTheSame() throws Exception {
        Result<ProfileDetails> result = profile();
        assertThat(JsonSchemas.check("result.schema.json", Json.mapper().valueToTree(result)))
                .isEmpty();
        Path file = folder.resolve("result.json");
        ResultDocuments.write(result, file);
        assertThat(ResultDocuments.read(file, Stage.PROFILE, ProfileDetails.class))
                .isEqualTo(result);
    }

    @Test
    void whatIsNoProfileIsRefusedAsOne() throws Exception {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"rows\": 3}");
        assertThatThrownBy(() -> DataProfiles.read(other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("other.json is not a data profile of ml-cicd")
                .hasMessageContaining("mlcicd profile");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"rows\": ");
        assertThatThrownBy(() -> DataProfiles.read(broken)).hasMessageContaining("broken.json:1:");
        assertThatThrownBy(() -> DataProfiles.read(folder.resolve("none.json"))).hasMessageContaining("does not exist");
    }

    @Test
    void twoDataSetsNeedTwoNames() throws Exception {
        DataSource source = DataSource.of("train", Files.writeString(folder.resolve("a.csv"), "x\n1\n"));
        assertThatThrownBy(() -> new ProfileData().run(new ProfileRequest(List.of(source, source)), Progress.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("two data sets are called 'train'");
    }
}
