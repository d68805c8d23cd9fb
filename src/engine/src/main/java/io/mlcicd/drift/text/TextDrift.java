package io.mlcicd.drift.text;

import io.mlcicd.data.DataEngine;
import io.mlcicd.drift.multivariate.SampledRows;
import io.mlcicd.drift.text.TextFindings.NotRun;
import io.mlcicd.drift.text.TextFindings.TextColumn;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Compares free text of two sides, column by column: how long texts are, which words they have, how many words are new,
 * and whether a classifier tells the sides apart by the words. At most a given number of texts of a side are read, one by
 * one; missing values are no texts.
 */
public final class TextDrift {

    private static final int LEAST_TEXTS = 50;

    private TextDrift() {}

    /**
     * Compares.
     *
     * @param referenceSql the reference, as it goes after {@code FROM}
     * @param currentSql the current data, likewise
     * @param columns names of the columns; values of other types are compared as they are written
     * @throws InvalidInputException when a side lacks a column
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static TextFindings check(
            DataEngine engine,
            String referenceSql,
            String currentSql,
            List<String> columns,
            TextRequest request,
            Progress progress)
            throws InterruptedException {
        for (String column : columns) {
            requireColumn(engine, referenceSql, column, "the reference lacks");
            requireColumn(engine, currentSql, column, "the current data lack");
        }
        List<TextColumn> findings = new ArrayList<>();
        List<NotRun> notRun = new ArrayList<>();
        int done = 0;
        for (String column : columns) {
            progress.step("comparing texts of " + column, (double) done++ / columns.size());
            SampledRows reference = sample(engine, referenceSql, column, request, 0);
            SampledRows current = sample(engine, currentSql, column, request, 1);
            if (Math.min(reference.rows(), current.rows()) < LEAST_TEXTS) {
                notRun.add(new NotRun(
                        column,
                        "the reference has %d texts and the current data %d; at least %d of each are needed"
                                .formatted(reference.rows(), current.rows(), LEAST_TEXTS)));
            } else {
                findings.add(compare(engine, column, reference, current, request));
            }
        }
        return new TextFindings(findings, notRun);
    }

    private static void requireColumn(DataEngine engine, String relation, String column, String lacks)
            throws InterruptedException {
        if (engine.problem("SELECT %s FROM %s AS texts".formatted(DataEngine.quote(column), relation))
                .isPresent()) {
            throw new InvalidInputException(
                    "'drift.text' names the column '%s', which %s; take it out or correct it".formatted(column, lacks));
        }
    }

    private static SampledRows sample(DataEngine engine, String relation, String column, TextRequest request, int side)
            throws InterruptedException {
        String text = "CAST(" + DataEngine.quote(column) + " AS VARCHAR)";
        return SampledRows.of(
                engine,
                relation,
                List.of(text),
                Set.of(column),
                text + " IS NOT NULL",
                request.rows(),
                request.seed() + side);
    }

    private static TextColumn compare(
            DataEngine engine, String column, SampledRows reference, SampledRows current, TextRequest request)
            throws InterruptedException {
        TextSide before = new TextSide(reference.rows());
        int held = Math.min(reference.rows() / 2, current.rows());
        HoldOut ofReference = new HoldOut(reference.rows(), held, request.seed());
        read(engine, reference, text -> before.add(text, ofReference.next()));
        TextSide now = new TextSide(current.rows());
        HoldOut ofCurrent = new HoldOut(current.rows(), held, request.seed());
        NewWords newWords = new NewWords(before.table());
        read(engine, current, text -> now.add(text, ofCurrent.next(), newWords));
        return TextComparison.of(column, before, now, newWords, request);
    }

    /** What is done with a text. */
    private interface Reader {
        void text(String text);
    }

    private static void read(DataEngine engine, SampledRows rows, Reader reader) throws InterruptedException {
        engine.stream(
                "SELECT c0 AS text FROM " + rows.sql() + " ORDER BY place",
                row -> reader.text(row.text("text").orElse("")));
    }

    /** Draws which texts are held out: any so many of all, asked for one after the other. */
    private static final class HoldOut {
        private final SplittableRandom random;
        private int left;
        private int wanted;

        HoldOut(int all, int wanted, long seed) {
            this.random = new SplittableRandom(seed);
            this.left = all;
            this.wanted = wanted;
        }

        boolean next() {
            boolean held = random.nextDouble() * left-- < wanted;
            wanted -= held ? 1 : 0;
            return held;
        }
    }
}
