package io.mlcicd.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Position;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.gate.Gate;
import io.mlcicd.operation.Stage;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the lines of {@code mlcicd.yml} that gates are written on. */
final class GateLines {

    private GateLines() {}

    /** The line, counted from 1; empty when the gate comes from elsewhere, such as an option or a default. */
    static OptionalInt line(YamlDocument document, Stage stage, Gate gate) {
        String section = "/" + stage.key() + "/gates";
        JsonNode gates = document.content().at(section);
        for (int i = 0; i < gates.size(); i++) {
            if (is(gates.get(i), gate)) {
                Optional<Position> position = document.position(section + "/" + i);
                return position.map(Position::line).map(OptionalInt::of).orElse(OptionalInt.empty());
            }
        }
        return OptionalInt.empty();
    }

    private static boolean is(JsonNode written, Gate gate) {
        JsonNode threshold = written.path(gate.comparison().key());
        return written.path("metric").asText().equals(gate.metric())
                && written.path("slice").asText().equals(gate.slice().orElse(""))
                && (threshold.isNumber()
                        ? threshold.doubleValue() == gate.threshold()
                        : written.has("notWorseThanChampion")
                                && gate.comparison().againstChampion());
    }
}
