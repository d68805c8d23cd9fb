package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.report.Passage.Grid;
import io.mlcicd.report.Passage.Paragraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Gates as tables of texts, those that failed first. */
final class GatePassages {

    private static final int MOST = 100;

    private GatePassages() {}

    /** All gates; of a validation, which has one for each check, those that failed. */
    static List<Passage> all(List<Result<JsonNode>> stages) {
        List<List<String>> rows = stages.stream()
                .flatMap(stage -> gates(stage)
                        .map(gate -> List.of(
                                word(gate.outcome()),
                                stage.stage().key(),
                                gate.message(),
                                word(gate.gate().criticality()))))
                .sorted(Comparator.comparing(row -> !row.get(0).equals(word(Outcome.FAILED))))
                .toList();
        return grid("Gates", List.of("Outcome", "Stage", "What decided", "If it fails"), rows);
    }

    /** The gates that failed. */
    static List<Passage> failed(List<Result<JsonNode>> stages) {
        List<List<String>> rows = stages.stream()
                .flatMap(stage -> gates(stage)
                        .filter(gate -> gate.outcome() == Outcome.FAILED)
                        .sorted(Comparator.comparing(
                                        (GateResult gate) -> gate.gate().criticality())
                                .reversed())
                        .map(gate -> List.of(
                                gate.message(),
                                stage.stage().key(),
                                word(gate.gate().criticality()))))
                .toList();
        return grid("Gates that failed", List.of("Gate that failed", "Stage", "Weight"), rows);
    }

    private static Stream<GateResult> gates(Result<JsonNode> stage) {
        return stage.gates().stream()
                .filter(gate -> stage.stage() != Stage.VALIDATE || gate.outcome() == Outcome.FAILED);
    }

    private static List<Passage> grid(String caption, List<String> heads, List<List<String>> rows) {
        List<Passage> passages = new ArrayList<>();
        if (!rows.isEmpty()) {
            passages.add(new Grid(caption, heads, rows.stream().limit(MOST).toList()));
        }
        if (rows.size() > MOST) {
            passages.add(new Paragraph("and " + Numbers.count(rows.size() - MOST, "more gate")));
        }
        return passages;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
