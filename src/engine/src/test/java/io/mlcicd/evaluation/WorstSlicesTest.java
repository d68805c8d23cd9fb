package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.EvaluationDetails.WorstSlice;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorstSlicesTest {

    private static final Roles PREDICTED = JudgedFile.roles("y", "p", "", "");
    private static final List<String> COLUMNS = List.of("season", "temp", "wind", "windy", "day");

    @TempDir
    Path folder;

    @Test
    void aCombinationOfAValueAndABinIsFoundAndTold() throws Exception {
        String csv = weather(
                1200,
                (season, temp, random) -> random.nextDouble() < (season.equals("winter") && temp < 5 ? 0.6 : 0.1));

        EvaluationDetails details = search(csv, Task.BINARY, PREDICTED, COLUMNS, 2);

        assertThat(details.worstSlices()).hasSize(1);
        WorstSlice worst = details.worstSlices().get(0);
        assertThat(worst.conditions()).containsExactly("season = winter", "temp below 5");
        assertThat(worst.metric()).isEqualTo("errorRate");
        assertThat(worst.value()).isBetween(0.45, 0.75);
        assertThat(worst.rest()).isCloseTo(0.1, within(0.03));
        assertThat(worst.pValue()).isLessThan(1e-6);
        assertThat(worst.effect()).isGreaterThan(1);
        assertThat(worst.sentence())
                .matches(
                        "where season = winter and temp below 5, \\d\\d % of \\d\\d rows are wrong, against \\d+(\\.\\d)? % of the"
                                + " other 1,1\\d\\d \\(p < 0.001 after correction for \\d+ slices\\)");
    }

    @Test
    void oneConditionTellsItAllWhereOneDecides() throws Exception {
        String csv =
                weather(1200, (season, temp, random) -> random.nextDouble() < (season.equals("winter") ? 0.4 : 0.1));

        assertThat(search(csv, Task.BINARY, PREDICTED, COLUMNS, 3).worstSlices())
                .extracting(WorstSlice::conditions)
                .containsExactly(List.of("season = winter"));
    }

    @Test
    void twoBadSlicesAreBothToldAndOneWithinAnotherToo() throws Exception {
        String two = weather(
                2000,
                (season, temp, random) -> random.nextDouble()
                        < (season.equals("winter") ? 0.5 : temp >= 15 && season.equals("summer") ? 0.6 : 0.1));
        String within = weather(
                2000,
                (season, temp, random) -> random.nextDouble() < (season.equals("winter") ? temp < 5 ? 0.9 : 0.4 : 0.1));

        assertThat(search(two, Task.BINARY, PREDICTED, COLUMNS, 2).worstSlices())
                .extracting(WorstSlice::conditions)
                .containsExactlyInAnyOrder(List.of("season = winter"), List.of("season = summer", "temp 15 or more"));
        assertThat(search(within, Task.BINARY, PREDICTED, COLUMNS, 2).worstSlices())
                .extracting(WorstSlice::conditions)
                .containsExactlyInAnyOrder(List.of("season = winter"), List.of("season = winter", "temp below 5"));
    }

    @Test
    void missingValuesTruthValuesAndDatesDescribeSlicesToo() throws Exception {
        Random random = new Random(4);
        StringBuilder csv = new StringBuilder("y,p,note,flag,day,id\n");
        for (int i = 0; i < 1000; i++) {
            int kind = i % 4;
            boolean wrong = random.nextDouble() < (kind == 0 ? 0.5 : 0.05);
            csv.append("1,")
                    .append(wrong ? 0 : 1)
                    .append(',')
                    .append(kind == 0 ? "" : "text" + i)
                    .append(',');
            csv.append(random.nextBoolean())
                    .append(",2024-01-")
                    .append(10 + i % 20)
                    .append(',')
                    .append(i)
                    .append('\n');
        }

        EvaluationDetails details =
                search(csv.toString(), Task.BINARY, PREDICTED, List.of("note", "flag", "day", "id"), 1);

        assertThat(details.worstSlices())
                .extracting(WorstSlice::conditions)
                .containsExactly(List.of("note is missing"));
        // Missing notes, two truth values, four quarters of days; neither single texts nor ids.
        assertThat(details.worstSlices().get(0).sentence()).endsWith("after correction for 7 slices)");
    }

    @Test
    void errorsOfNumbersAreComparedByTheirMean() throws Exception {
        String csv = numbers(900, 8, 1).replace("season", "place");

        EvaluationDetails details = search(csv, Task.REGRESSION, PREDICTED, List.of("place", "x"), 2);

        assertThat(details.worstSlices()).extracting(WorstSlice::conditions).containsExactly(List.of("place = north"));
        assertThat(details.worstSlices().get(0).metric()).isEqualTo("absoluteError");
        assertThat(details.worstSlices().get(0).sentence())
                .startsWith("where place = north, the mean absolute error of 300 rows is ")
                .contains(" of the other 600 (p < 0.001 after correction for ");
    }

    @Test
    void scoresWeightsQuantilesAndLabelsHaveTheirLossToo() throws Exception {
        Random random = new Random(9);
        StringBuilder csv = new StringBuilder("y,s,w,place,a,pa,b,sb,q1,q9\n");
        for (int i = 0; i < 900; i++) {
            boolean north = i % 3 == 0;
            boolean wrong = random.nextDouble() < (north ? 0.5 : 0.1);
            csv.append("%d,%s,%s,%s,1,%d,0,%s,%s,%s%n"
                    .formatted(
                            i % 2,
                            (i % 2 == 1) == wrong ? 0.6 : 0.8,
                            north ? 2 : 1,
                            north ? "north" : "south",
                            wrong ? 0 : 1,
                            wrong ? 0.9 : 0.1,
                            north ? -9 : i % 2 - 0.5,
                            north ? 9 : i % 2 + 0.5));
        }
        Roles labels = new Roles(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of("a", new Roles.LabelColumns("a", Optional.of("pa"), Optional.empty())),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        Roles quantiles = new Roles(
                Optional.of("y"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                Map.of(0.1, "q1", 0.9, "q9"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());

        try (JudgedFile file = JudgedFile.of(folder, csv.toString())) {
            MetricOptions threshold =
                    new MetricOptions(OptionalDouble.of(0.7), List.of(), List.of(), List.of(), Optional.empty());
            WorstSlice scored = only(search(file, Task.BINARY, JudgedFile.roles("y", "", "s", "w"), threshold));
            WorstSlice labelled = only(search(file, Task.MULTILABEL, labels, MetricOptions.DEFAULT));
            WorstSlice forecast = only(search(file, Task.QUANTILE, quantiles, MetricOptions.DEFAULT));

            assertThat(scored.sentence()).contains(" % of 300 rows, by weight, are wrong, against ");
            assertThat(labelled.metric()).isEqualTo("hammingLoss");
            assertThat(labelled.sentence()).contains(" % of the labels of 300 rows are wrong, against ");
            assertThat(labelled.value()).isCloseTo(scored.value(), within(1e-12));
            // Of a truth of 0 or 1: 0.1 (9 + y) + 0.1 (9 - y), halved; and 0.1 * 0.5 on both sides.
            assertThat(forecast.value()).isCloseTo(0.9, within(1e-12));
            assertThat(forecast.rest()).isCloseTo(0.05, within(1e-12));
            assertThat(forecast.metric()).isEqualTo("pinball");
        }
    }

    @Test
    void whereThereIsNothingToFindNothingIsFoundButOnceInTwentyTimes() throws Exception {
        Random random = new Random(11);
        int searches = 40;
        StringBuilder csv = new StringBuilder("a,b,c,d");
        for (int s = 0; s < searches; s++) {
            csv.append(",p").append(s).append(",e").append(s);
        }
        csv.append(",y,zero\n");
        for (int i = 0; i < 600; i++) {
            csv.append("a%d,b%d,%s,%s"
                    .formatted(random.nextInt(4), random.nextInt(9), random.nextGaussian(), random.nextInt(3)));
            for (int s = 0; s < searches; s++) {
                // Rare mistakes and errors with a long tail, where approximations by the normal distribution fail.
                csv.append(',').append(random.nextDouble() < 0.03 ? 0 : 1);
                csv.append(',').append(Math.exp(1.5 * random.nextGaussian()));
            }
            csv.append(",1,0\n");
        }
        int alarms = 0;
        try (JudgedFile file = JudgedFile.of(folder, csv.toString())) {
            for (int s = 0; s < searches; s++) {
                alarms += alarms(file, Task.BINARY, JudgedFile.roles("y", "p" + s, "", ""));
                alarms += alarms(file, Task.REGRESSION, JudgedFile.roles("zero", "e" + s, "", ""));
            }
        }

        // Of 80 searches 4 may give a false alarm on average, and more than 9 once in a hundred times.
        assertThat(alarms).isLessThanOrEqualTo(9);
    }

    private static int alarms(JudgedFile file, Task task, Roles roles) throws InterruptedException {
        CodedRows rows = file.rows(task, roles, List.of(), List.of("a", "b", "c", "d"));
        EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
        WorstSlices.search(rows, new Slicing.Search(List.of(), 2, 10, 10), MetricOptions.DEFAULT, draft);
        EvaluationDetails details = draft.finish(Optional.of(task), 600, Optional.empty());
        if (details.worstSlices().isEmpty()) {
            assertThat(details.notes()).singleElement().asString().contains("found none");
        }
        return details.worstSlices().isEmpty() ? 0 : 1;
    }

    @Test
    void manyColumnsAreNotAllCombinedAndANoteSaysSo() throws Exception {
        Random random = new Random(2);
        StringBuilder csv = new StringBuilder("y,p");
        for (int c = 0; c < 24; c++) {
            csv.append(",c").append(c);
        }
        csv.append('\n');
        for (int i = 0; i < 400; i++) {
            StringBuilder values = new StringBuilder();
            boolean bad = true;
            for (int c = 0; c < 24; c++) {
                boolean yes = random.nextBoolean();
                bad &= yes || c > 1;
                values.append(',').append(yes);
            }
            csv.append("1,")
                    .append(random.nextDouble() < (bad ? 0.8 : 0.1) ? 0 : 1)
                    .append(values)
                    .append('\n');
        }
        List<String> columns = IntStream.range(0, 24).mapToObj(c -> "c" + c).toList();

        EvaluationDetails details = search(csv.toString(), Task.BINARY, PREDICTED, columns, 2);

        assertThat(details.worstSlices().get(0).conditions()).containsExactly("c0 = true", "c1 = true");
        assertThat(details.notes()).singleElement().asString().contains("too many columns to combine all");
    }

    @Test
    void rankingsAndFilesWithoutDescribingColumnsAreNotSearched() throws Exception {
        Roles ranking = new Roles(
                Optional.of("y"),
                Optional.empty(),
                Optional.of("p"),
                Map.of(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.of("q"),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());

        assertThat(search("y,p,q\n1,0,1\n0,1,1\n", Task.RANKING, ranking, List.of("q"), 2)
                        .notes())
                .singleElement()
                .asString()
                .contains("were not searched for, since a ranked document");
        assertThat(search("y,p\n1,0\n0,1\n", Task.BINARY, PREDICTED, List.of(), 2)
                        .notes())
                .singleElement()
                .asString()
                .contains("no column is left to describe them");
    }

    private static WorstSlice only(EvaluationDetails details) {
        assertThat(details.worstSlices()).extracting(WorstSlice::conditions).containsExactly(List.of("place = north"));
        return details.worstSlices().get(0);
    }

    private static EvaluationDetails search(JudgedFile file, Task task, Roles roles, MetricOptions options)
            throws InterruptedException {
        EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
        CodedRows rows = file.rows(task, roles, List.of(), List.of("place"));
        WorstSlices.search(rows, Slicing.Search.DEFAULT, options, draft);
        return draft.finish(Optional.of(task), rows.rows().rows(), Optional.empty());
    }

    private EvaluationDetails search(String csv, Task task, Roles roles, List<String> columns, int depth)
            throws InterruptedException {
        try (JudgedFile file = JudgedFile.of(folder, csv)) {
            EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
            CodedRows rows = file.rows(task, roles, List.of(), columns);
            WorstSlices.search(rows, new Slicing.Search(List.of(), depth, 10, 30), MetricOptions.DEFAULT, draft);
            return draft.finish(Optional.of(task), rows.rows().rows(), Optional.empty());
        }
    }

    private interface Mistake {
        boolean of(String season, double temp, Random random);
    }

    /** Temperatures are evenly spread from 0 to 20, so that quartiles are near 5, 10 and 15. */
    private static String weather(int rows, Mistake mistake) {
        Random random = new Random(7);
        List<String> seasons = List.of("winter", "spring", "summer", "autumn");
        StringBuilder csv = new StringBuilder("y,p,season,temp,wind,windy,day\n");
        for (int i = 0; i < rows; i++) {
            String season = seasons.get(random.nextInt(4));
            double temp = 20.0 * ((i * 7919L) % rows) / (rows - 1);
            int label = random.nextInt(2);
            int predicted = mistake.of(season, temp, random) ? 1 - label : label;
            csv.append("%d,%d,%s,%s,%s,%s,%d%n"
                    .formatted(
                            label,
                            predicted,
                            season,
                            temp,
                            random.nextGaussian(),
                            random.nextBoolean(),
                            1 + random.nextInt(7)));
        }
        return csv.toString();
    }

    private static String numbers(int rows, double north, double south) {
        Random random = new Random(3);
        StringBuilder csv = new StringBuilder("y,p,season,x\n");
        for (int i = 0; i < rows; i++) {
            boolean isNorth = i % 3 == 0;
            double label = 100 * random.nextDouble();
            double error = (isNorth ? north : south) * random.nextGaussian();
            csv.append(
                    "%s,%s,%s,%s%n".formatted(label, label + error, isNorth ? "north" : "south", random.nextDouble()));
        }
        return csv.toString();
    }
}
