package io.mlcicd.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether two tools came to the same figures, for only then are their times comparable. */
final class Differences {

    /** What both sum up over millions of rows differs by rounding alone. */
    private static final double SAME = 1e-9;

    private Differences() {}

    /** The peer's figures that are not the same here, or missing, by name. */
    static List<String> between(JsonNode mine, JsonNode theirs) {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : theirs.properties()) {
            double expected = each.getValue().asDouble();
            double actual = mine.path(each.getKey()).asDouble(Double.NaN);
            if (!(Math.abs(actual - expected) <= SAME * Math.max(1, Math.abs(expected)))) {
                differences.add(each.getKey());
            }
        }
        return differences;
    }
}
