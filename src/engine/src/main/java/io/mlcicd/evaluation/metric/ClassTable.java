package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table of all classes or labels, and what to mind about some of them. */
record ClassTable(List<String> classes, ClassCounts counts) {

    private static final Set<String> MEANS = Set.of("macro", "micro", "weighted", "samples", "ovr", "ovo");
    private static final int MOST_NAMED = 5;

    /** The indices of the classes that are included in means. */
    int[] included() {
        return IntStream.range(0, classes.size()).filter(counts::included).toArray();
    }

    void describe(Findings findings) {
        List<ClassMetrics> rows = new ArrayList<>();
        for (int i : included()) {
            rows.add(new ClassMetrics(
                    classes.get(i),
                    counts.support(i),
                    ClassRatio.PRECISION.of(counts, i),
                    ClassRatio.RECALL.of(counts, i),
                    ClassRatio.F1.of(counts, i),
                    OptionalDouble.of(ClassRatio.SPECIFICITY.of(counts, i))));
        }
        findings.classes(rows);
        note(findings, i -> !(counts.support(i) > 0), "recall is 0 where no row has the label: %s");
        note(findings, i -> !(counts.predicted(i) > 0), "precision is 0 where nothing was predicted: %s");
        note(
                findings,
                i -> MEANS.contains(classes.get(i)),
                "metrics of these names are means, not those of the class or label: %s");
    }

    private void note(Findings findings, IntPredicate which, String sentence) {
        List<String> names =
                IntStream.of(included()).filter(which).mapToObj(classes::get).toList();
        if (!names.isEmpty()) {
            findings.note(sentence.formatted(some(names)));
        }
    }

    /** The names, or the first of many. */
    static String some(List<String> names) {
        String first =
                names.stream().limit(MOST_NAMED).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMED;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
