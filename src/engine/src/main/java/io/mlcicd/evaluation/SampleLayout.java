package io.mlcicd.evaluation;

import io.mlcicd.evaluation.metric.JudgedColumns;
import io.mlcicd.evaluation.metric.MetricFamily;
import io.mlcicd.evaluation.metric.TaskMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a sampled row holds: every expression of every family of all sides, each once, then its weight.
 *
 * @param sides the columns of the model, and of the champion if it is compared with
 * @param expressions in SQL, in their order in a row
 * @param stratum which of them tells rows apart that are each to be sampled enough; -1 for none
 * @param unit which of them tells the rows apart that are drawn together; -1 for none
 */
record SampleLayout(List<JudgedColumns> sides, List<String> expressions, int stratum, int unit) {

    static SampleLayout of(TaskMetrics task, List<JudgedColumns> sides) {
        List<String> expressions = new ArrayList<>();
        Optional<String> stratum = Optional.empty();
        Optional<String> unit = Optional.empty();
        for (JudgedColumns columns : sides) {
            for (MetricFamily family : task.families(columns)) {
                for (String expression : family.expressions()) {
                    if (!expressions.contains(expression)) {
                        expressions.add(expression);
                    }
                }
                if (stratum.isEmpty() && family.stratum().isPresent()) {
                    stratum = Optional.of(
                            family.expressions().get(family.stratum().getAsInt()));
                }
                if (unit.isEmpty() && family.unit().isPresent()) {
                    unit = Optional.of(family.expressions().get(family.unit().getAsInt()));
                }
            }
        }
        return new SampleLayout(
                List.copyOf(sides),
                List.copyOf(expressions),
                stratum.map(expressions::indexOf).orElse(-1),
                unit.map(expressions::indexOf).orElse(-1));
    }

    /** Where a row has its weight. */
    int weight() {
        return expressions.size();
    }

    /** Where a row has the family's expressions. */
    int[] positions(MetricFamily family) {
        return family.expressions().stream().mapToInt(expressions::indexOf).toArray();
    }
}
