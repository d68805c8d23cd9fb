package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.contract.AskedTable.Found;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Rules that compare data with other data, with time or with what a contract states find what plain Java finds. */
class ComparisonRulesPropertyTest {

    @TempDir
    private Path folder;

    private static List<String> words(Random random, int rows, int different) {
        return IntStream.range(0, rows)
                .mapToObj(i -> "w" + (int) (different * Math.pow(random.nextDouble(), 1 + random.nextInt(2))))
                .toList();
    }

    private static Map<String, Double> shares(List<String> values) {
        Map<String, Double> shares = new HashMap<>();
        values.forEach(value -> shares.merge(value, 1.0 / values.size(), Double::sum));
        return shares;
    }

    /** Both more and fewer categories than a profile keeps of a column. */
    @RepeatedTest(4)
    void categoriesComeAndGo(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> before = words(random, 400, 60);
        List<String> now = words(random, 900, 30 + random.nextInt(500));
        Set<String> came = new HashSet<>(now);
        came.removeAll(before);
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(now);
        AskedTable table = AskedTable.of(folder, AskedTable.csv("c", now)).after(AskedTable.csv("c", before));
        List<Found> found = table.column(
                "c", "string", List.of("{ newCategories: { max: 0 } }", "{ vanishedCategories: { max: 0 } }"));
        assertThat(found.get(0).number()).isEqualTo(came.size());
        assertThat(found.get(1).number()).isEqualTo(gone.size());
        assertThat(table.dataSet("{ rows: { maxChange: 9 } }").number()).isEqualTo(900 / 400.0 - 1);
    }

    /** S. Kullback and R. A. Leibler 1951; the greatest difference is the same from either side. */
    @RepeatedTest(4)
    void distancesOfCategoriesAreThoseOfTheirFormulas(RepetitionInfo repetition) throws Exception {
        Random random = new Random(20 + repetition.getCurrentRepetition());
        List<String> one = words(random, 100 + random.nextInt(200), 6);
        List<String> two = new ArrayList<>(words(random, 100 + random.nextInt(200), 6));
        two.addAll(one.subList(0, 30));
        Map<String, Double> mine = shares(one);
        Map<String, Double> theirs = shares(two);
        Set<String> all = new HashSet<>(mine.keySet());
        all.addAll(theirs.keySet());
        double greatest = all.stream()
                .mapToDouble(word -> Math.abs(mine.getOrDefault(word, 0.0) - theirs.getOrDefault(word, 0.0)))
                .max()
                .orElseThrow();
        List<String> named = List.copyOf(mine.keySet());
        double divergence = named.stream()
                .mapToDouble(word -> mine.get(word) * Math.log(mine.get(word) * named.size()))
                .sum();
        String weights = String.join(", ", Collections.nCopies(named.size(), "2"));
        AskedTable table = AskedTable.of(folder, AskedTable.csv("c", one))
                .beside("other", AskedTable.csv("c", two))
                .after(AskedTable.csv("c", two));
        List<Found> found = table.column(
                "c",
                "string",
                List.of(
                        "{ distribution: { method: linf, max: 0 } }",
                        "{ distribution: { method: linf, against: accepted, max: 0 } }",
                        "{ divergence: { values: [%s], weights: [%s], max: 0 } }"
                                .formatted(String.join(", ", named), weights)));
        assertThat(found.get(0).number()).isCloseTo(greatest, within(1e-9));
        assertThat(found.get(1).number()).isCloseTo(greatest, within(1e-9));
        assertThat(found.get(2).number()).isCloseTo(divergence, within(1e-9));
        assertThat(table.dataSet("{ skew: { with: other, columns: [c], method: linf, max: 0 } }")
                        .number())
                .isCloseTo(greatest, within(1e-9));
        assertThat(AskedTable.of(folder, AskedTable.csv("c", two))
                        .beside("other", AskedTable.csv("c", one))
                        .dataSet("{ skew: { with: other, columns: [c], method: linf, max: 0 } }")
                        .number())
                .isCloseTo(greatest, within(1e-9));
    }

    @RepeatedTest(3)
    void skewIsThatOfTheColumnThatMovedMost(RepetitionInfo repetition) throws Exception {
        Random random = new Random(40 + repetition.getCurrentRepetition());
        Map<String, List<?>> mine = new LinkedHashMap<>();
        Map<String, List<?>> theirs = new LinkedHashMap<>();
        for (String name : List.of("a", "b", "c")) {
            double shift = random.nextInt(3) * random.nextDouble();
            mine.put(name, random.doubles(150).boxed().toList());
            theirs.put(name, random.doubles(150).map(x -> x + shift).boxed().toList());
        }
        AskedTable table = AskedTable.of(folder, AskedTable.csv(mine)).beside("other", AskedTable.csv(theirs));
        for (String method : List.of("psi", "kl", "js", "linf", "wasserstein", "ks")) {
            List<Double> found = table
                    .dataSet(
                            "",
                            List.of("[a]", "[b]", "[c]", "[a, b, c]").stream()
                                    .map(columns -> "{ skew: { with: other, columns: %s, method: %s, max: 0 } }"
                                            .formatted(columns, method))
                                    .toList())
                    .stream()
                    .map(Found::number)
                    .toList();
            assertThat(found.get(3)).isEqualTo(Collections.max(found.subList(0, 3)));
            assertThat(found).allMatch(distance -> distance >= 0);
        }
        assertThat(AskedTable.of(folder, AskedTable.csv(mine))
                        .beside("other", AskedTable.csv(mine))
                        .dataSet("{ skew: { with: other, method: linf, max: 0 } }")
                        .kept())
                .isTrue();
    }

    @RepeatedTest(3)
    void daysAndAgesAreThoseOfPlainLoops(RepetitionInfo repetition) throws Exception {
        Random random = new Random(60 + repetition.getCurrentRepetition());
        Map<LocalDate, Integer> counts = new TreeMap<>();
        Instant newest = Instant.EPOCH;
        List<Object> times = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Instant time = Instant.parse("2026-05-01T00:00:00Z").plusSeconds(random.nextInt(20 * 86_400));
            boolean isNull = random.nextInt(9) == 0;
            times.add(isNull ? null : time.toString());
            if (!isNull) {
                counts.merge(LocalDate.ofInstant(time, ZoneOffset.UTC), 1, Integer::sum);
                newest = time.isAfter(newest) ? time : newest;
            }
        }
        List<LocalDate> days = List.copyOf(counts.keySet());
        LocalDate last = days.get(days.size() - 1);
        long all = ChronoUnit.DAYS.between(days.get(0), last) + 1;
        long few = all - counts.values().stream().filter(n -> n >= 3).count();
        long many = counts.values().stream().filter(n -> n > 3).count();
        AskedTable table = AskedTable.of(folder, AskedTable.csv("t", times));
        List<Found> found = table.dataSet(
                "t: { type: timestamp }",
                List.of(
                        "{ volume: { column: t, min: 3 } }",
                        "{ volume: { column: t, max: 3 } }",
                        "{ freshness: { column: t, maxAge: 20d } }"));
        assertThat(found.get(0).check().violations()).isEqualTo(few);
        assertThat(found.get(1).check().violations()).isEqualTo(many);
        assertThat(found.get(0).check().share()).isEqualTo((double) few / all);
        assertThat(found.get(2).number())
                .isEqualTo((double) Duration.between(newest, table.now()).toSeconds());
    }

    @RepeatedTest(4)
    void columnsAreComparedByName(RepetitionInfo repetition) throws Exception {
        Random random = new Random(80 + repetition.getCurrentRepetition());
        List<String> there = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f"));
        Collections.shuffle(there, random);
        List<String> wanted = new ArrayList<>(List.of("c", "d", "e", "f", "g", "h"));
        Collections.shuffle(wanted, random);
        List<String> first = there.subList(0, 1 + random.nextInt(6));
        List<String> named = wanted.subList(0, 1 + random.nextInt(6));
        long missing = named.stream().filter(name -> !first.contains(name)).count();
        long extra = first.stream().filter(name -> !named.contains(name)).count();
        long moved = IntStream.range(0, Math.max(first.size(), named.size()))
                .filter(i ->
                        i >= first.size() || i >= named.size() || !first.get(i).equals(named.get(i)))
                .count();
        String csv = String.join(",", first) + "\n" + "1,".repeat(first.size() - 1) + "1\n";
        List<Found> found = AskedTable.of(folder, csv)
                .dataSet(
                        "",
                        List.of(
                                "{ columnSet: { names: " + named + " } }",
                                "{ columnSet: { names: " + named + ", exact: false } }",
                                "{ columnOrder: " + named + " }",
                                "{ columnCount: { max: " + named.size() + " } }"));
        assertThat(found.get(0).check().violations()).isEqualTo(missing + extra);
        assertThat(found.get(1).check().violations()).isEqualTo(missing);
        assertThat(found.get(2).check().violations()).isEqualTo(moved);
        assertThat(found.get(3).kept()).isEqualTo(first.size() <= named.size());
        assertThat(found).allSatisfy(each -> assertThat(each.check().share()).isBetween(0.0, 1.0));
    }

    /** Pearson's coefficient is that of a line whatever its slope and place; Spearman's that of anything that rises. */
    @RepeatedTest(3)
    void correlationsKnowNoUnit(RepetitionInfo repetition) throws Exception {
        Random random = new Random(90 + repetition.getCurrentRepetition());
        List<Double> x = random.doubles(80).boxed().toList();
        List<Double> y = x.stream().map(value -> value + random.nextDouble()).toList();
        Map<String, List<?>> columns = new LinkedHashMap<>();
        columns.put("x", x);
        columns.put("y", y);
        columns.put("line", x.stream().map(value -> 1e6 - 3 * value).toList());
        columns.put("risen", y.stream().map(Math::exp).toList());
        String rule = "{ correlation: { columns: [%s, %s], method: %s, max: 9 } }";
        List<Double> found = AskedTable.of(folder, AskedTable.csv(columns))
                .dataSet(
                        "",
                        List.of(
                                rule.formatted("x", "line", "pearson"),
                                rule.formatted("x", "y", "pearson"),
                                rule.formatted("line", "y", "pearson"),
                                rule.formatted("y", "x", "pearson"),
                                rule.formatted("x", "y", "spearman"),
                                rule.formatted("x", "risen", "spearman")))
                .stream()
                .map(Found::number)
                .toList();
        assertThat(found.get(0)).isCloseTo(-1, within(1e-9));
        assertThat(found.get(2)).isCloseTo(-found.get(1), within(1e-9));
        assertThat(found.get(3)).isCloseTo(found.get(1), within(1e-12));
        assertThat(found.get(5)).isCloseTo(found.get(4), within(1e-12));
    }
}
