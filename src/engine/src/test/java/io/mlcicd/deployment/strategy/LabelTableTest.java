package io.mlcicd.deployment.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelTableTest {

    @TempDir
    Path folder;

    private List<String> read(String name, String content, boolean whole, boolean numeric) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        List<String> rows = new ArrayList<>();
        Labels labels = new Labels(folder, name, "id", "truth", Duration.ZERO, 1, numeric);
        LabelTable.read(labels, file, whole, (id, label) -> rows.add(id + "=" + label));
        return rows;
    }

    @Test
    void readsCsvAsTheStandardHasIt() throws IOException {
        String content =
                "\uFEFFwhen,truth,id\r\n1,\"a, \"\"b\"\"\",r1\r\n\r\n2,\"two\nlines\",\" r2 \"\n3,,r3\n4,x,r4\n";
        assertThat(read("a.csv", content, true, false)).containsExactly("r1=a, \"b\"", "r2=two\nlines", "r4=x");
        assertThat(read("a.tsv", "id\ttruth\nr1\ta,b\n", true, false)).containsExactly("r1=a,b");
        assertThat(read("a.csv", "", true, false)).isEmpty();
        assertThat(read("a.csv", "id,truth\n", true, false)).isEmpty();
    }

    @Test
    void leavesAnUnfinishedRowForTheNextTime() throws IOException {
        assertThat(read("a.csv", "id,truth\nr1,12\nr2,1", false, true)).containsExactly("r1=12");
        assertThat(read("a.csv", "id,truth\nr1,12\nr2,1", true, true)).containsExactly("r1=12", "r2=1");
        assertThat(read("a.csv", "id,truth\nr1,12\nr2", false, true)).containsExactly("r1=12");
        assertThat(read("a.csv", "id,tr", false, true)).isEmpty();
        assertThat(read("a.jsonl", "{\"id\":1,\"truth\":true}\n{\"id\":2,\"tr", false, false))
                .containsExactly("1=true");
    }

    @Test
    void readsJsonLines() throws IOException {
        String content =
                "{\"id\": 7, \"truth\": 1.50}\n\n{\"id\": \"r2\", \"truth\": null}\n{\"truth\":\"x\",\"id\":\"r3\"}";
        assertThat(read("a.jsonl", content, true, false)).containsExactly("7=1.5", "r3=x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.csv   | id;truth@r1;x@           | :1: there is no column 'id'",
                "a.csv   | id,Truth@r1,x@           | did you mean 'Truth'",
                "a.csv   | id,truth@r1,x@r2@        | :3: 1 fields where the header has 2",
                "a.csv   | id,truth@r1,\"x@r2,y@    | :2: a quote is never closed",
                "a.jsonl | {\"id\":1,\"truth\":2}@nonsense@ | :2: this is no JSON object",
                "a.jsonl | [1]@                     | :1: this is no JSON object",
                "a.jsonl | {\"ID\":1}@              | :1: there is no 'id'",
                "a.jsonl | {\"id\":1,\"truth\":[2]}@ | :1: 'truth' is no single value"
            })
    void saysWhatIsMalformedAndWhere(String name, String content, String message) {
        assertThatThrownBy(() -> read(name, content.replace('@', '\n'), true, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(message);
    }

    @Test
    void aWordIsNoNumber() {
        assertThatThrownBy(() -> read("a.csv", "id,truth\nr1,warm\n", true, true))
                .hasMessageContaining(":2: 'warm' is no number");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file =
                Files.write(folder.resolve("a.csv"), "id,truth\nr1,f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1));
        Labels labels = new Labels(folder, "a.csv", "id", "truth", Duration.ZERO, 1, false);
        assertThatThrownBy(() -> LabelTable.read(labels, file, true, (id, label) -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "even, even, true",
        "even, Even, false",
        "1, 1.0, true",
        "1, 2, false",
        "True, true, true",
        "0.30000000000000004, 0.3, true",
        "1d, 1f, false",
        "1, true, false",
        "NaN, nan, false"
    })
    void classesAreTheSameAsTextNumberOrTruthValue(String prediction, String label, boolean same) {
        assertThat(LabelMetrics.same(prediction, label)).isEqualTo(same);
    }
}
