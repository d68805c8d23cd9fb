package io.mlcicd.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.benchmarks.GeneratedData;
import io.mlcicd.contract.ContractedData;
import io.mlcicd.contract.ValidateData;
import io.mlcicd.contract.ValidationRequest;
import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EqualChecksTest {

    @TempDir
    private Path folder;

    @Test
    void sixtyChecksOfDifferentNames() {
        assertThat(EqualChecks.all()).hasSize(60);
        assertThat(EqualChecks.all()).extracting(EqualCheck::id).doesNotHaveDuplicates();
    }

    @Test
    void tenChecksAreOfEveryKind() {
        assertThat(EqualChecks.some(10)).extracting(EqualCheck::kind).contains(EqualCheck.Kind.values());
        assertThat(EqualChecks.some(60)).containsExactlyInAnyOrderElementsOf(EqualChecks.all());
    }

    @Test
    void theContractDecidesEachOfThem() throws Exception {
        List<EqualCheck> checks = EqualChecks.all();

        Tool.Answer answer = validate(checks);

        assertThat(answer.verdicts().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        checks.stream().map(EqualCheck::id).toList());
        assertThat(answer.verdicts()).containsEntry("rows", true).containsEntry("integer2.mean", true);
        assertThat(answer.verdicts()).containsEntry("integer3.mean", false).containsEntry("category3.distinct", false);
    }

    @Test
    void theContractHasNoCheckThatWasNotAskedFor() throws Exception {
        List<EqualCheck> few = EqualChecks.some(10);

        assertThat(validate(few).verdicts().keySet())
                .isEqualTo(new HashSet<>(few.stream().map(EqualCheck::id).toList()));
    }

    private Tool.Answer validate(List<EqualCheck> checks) throws Exception {
        Path contract = Files.writeString(folder.resolve("contract.yml"), ContractText.of(checks));
        DataSource data = DataSource.of(EqualCheck.DATA, GeneratedData.mixed("parquet", 500));
        Result<?> result = new ValidateData()
                .run(
                        new ValidationRequest(Optional.empty(), List.of(new ContractedData(data, contract))),
                        Progress.NONE);
        Path document = Files.writeString(folder.resolve("result.json"), Json.write(result));
        return new Mlcicd(Path.of("mlcicd")).read(document, checks);
    }
}
