package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.FileSource;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.versioning.DvcRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hashes are those of DVC 3.64. */
class RecordedVersionsTest {

    @TempDir
    Path folder;

    @Test
    void dataThatDifferFromWhatDvcRecordedFailTheValidation() throws Exception {
        write("contract.yml", "contract: c\ncolumns: {}\n");
        write("d.csv", "a,b\n1,2\n");
        write("d.csv.dvc", "outs:\n- md5: f69f5b72bc79a92dc70c63c9aa142e36\n  hash: md5\n  path: d.csv\n");

        Result<ValidationDetails> result = validated(Criticality.FAILURE);

        GateResult gate = result.gates().get(0);
        assertThat(gate.gate().metric()).isEqualTo("train.dvc.differing");
        assertThat(gate.actual()).hasValue(1);
        assertThat(gate.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(gate.message()).startsWith("d.csv is not what d.csv.dvc records; to record it run: dvc add d.csv");
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(validated(Criticality.UNSTABLE).verdict()).isEqualTo(Verdict.UNSTABLE);
    }

    @Test
    void dataThatWereNotPulledAreAMistakeThatSaysWhatToDo() throws Exception {
        write("contract.yml", "contract: c\ncolumns: {}\n");
        write("d.csv.dvc", "outs:\n- md5: f69f5b72bc79a92dc70c63c9aa142e36\n  hash: md5\n  path: d.csv\n");

        assertThatThrownBy(() -> validated(Criticality.NOTE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("d.csv is not there, but d.csv.dvc records it; run: dvc pull d.csv.dvc");
    }

    private Result<ValidationDetails> validated(Criticality criticality) throws InterruptedException {
        ContractedData data = new ContractedData(
                FileSource.below(folder, "train", "d.csv", Optional.empty(), ReadOptions.SNIFFED),
                folder.resolve("contract.yml"));
        return new ValidateData()
                .run(
                        new ValidationRequest(
                                Optional.empty(),
                                List.of(data),
                                List.of(),
                                0,
                                List.of(),
                                Optional.of(new RecordedVersions(new DvcRepository(folder), criticality))),
                        Progress.NONE);
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(folder.resolve(path), text);
    }
}
