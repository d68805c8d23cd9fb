package io.mlcicd.spark;

import io.mlcicd.data.DataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/** Predictions of made-up models, with what describes rows. */
final class PredictionFiles {

    private static final List<String> CITIES = List.of("Oslo", "Rome", "Cork", "");
    private static final List<String> CLASSES = List.of("ant", "bee", "cow");

    private final Path folder;

    PredictionFiles(Path folder) {
        this.folder = folder;
    }

    DataSource write(String name, String header, int rows, long seed, BiFunction<Random, Integer, String> line) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of(header));
        for (int i = 0; i < rows; i++) {
            lines.add(line.apply(random, i));
        }
        try {
            return DataSource.of(name, Files.write(folder.resolve(name + ".csv"), lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code id,y,p,s,w,city,age,member}: a model that does worse for old people in Rome. */
    DataSource binary(String name, int rows, long seed, double skill) {
        return write(name, "id,y,p,s,w,city,age,member", rows, seed, (random, i) -> {
            // What is predicted for may not depend on the model.
            Random truth = new Random(31L * i + 7);
            String city = CITIES.get(truth.nextInt(CITIES.size()));
            int age = 18 + truth.nextInt(60);
            boolean y = truth.nextDouble() < 0.4;
            double worse = city.equals("Rome") && age > 55 ? 2.5 : 1;
            double s = 1 / (1 + Math.exp(-(y ? skill : -skill) / worse - random.nextGaussian()));
            return "r%d,%d,%d,%s,%s,%s,%d,%b"
                    .formatted(i, y ? 1 : 0, s > 0.5 ? 1 : 0, text(s), weight(truth), city, age, truth.nextBoolean());
        });
    }

    /** {@code y,p,a,b,c,w,city}: classes with their scores. */
    DataSource classes(String name, int rows, long seed) {
        return write(name, "y,p,a,b,c,w,city", rows, seed, (random, i) -> {
            Random truth = new Random(31L * i + 7);
            int y = truth.nextInt(3);
            double[] s = new double[3];
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                s[c] = Math.exp(random.nextGaussian() + (c == y ? 1 : 0));
                sum += s[c];
            }
            int p = s[0] >= s[1] && s[0] >= s[2] ? 0 : s[1] >= s[2] ? 1 : 2;
            return "%s,%s,%s,%s,%s,%s,%s"
                    .formatted(
                            CLASSES.get(y),
                            CLASSES.get(p),
                            text(s[0] / sum),
                            text(s[1] / sum),
                            text(s[2] / sum),
                            weight(truth),
                            CITIES.get(truth.nextInt(3)));
        });
    }

    /** {@code y0,y1,y2,p0,p1,p2,s0,s1,s2,city}: labels that may hold together. */
    DataSource labels(String name, int rows, long seed) {
        return write(name, "y0,y1,y2,p0,p1,p2,s0,s1,s2,city", rows, seed, (random, i) -> {
            List<String> truths = new ArrayList<>();
            List<String> said = new ArrayList<>();
            List<String> scores = new ArrayList<>();
            for (int l = 0; l < 3; l++) {
                boolean y = random.nextDouble() < 0.3 + 0.1 * l;
                double s = 1 / (1 + Math.exp(-(y ? 0.8 : -0.8) - random.nextGaussian()));
                truths.add(y ? "1" : "0");
                said.add(s > 0.5 ? "1" : "0");
                scores.add(text(s));
            }
            return "%s,%s,%s,%s"
                    .formatted(
                            String.join(",", truths),
                            String.join(",", said),
                            String.join(",", scores),
                            CITIES.get(random.nextInt(3)));
        });
    }

    /** {@code y,p,lo,mid,hi,w,city,age}: numbers with their quantiles. */
    DataSource numbers(String name, int rows, long seed, double noise) {
        return write(name, "y,p,lo,mid,hi,w,city,age", rows, seed, (random, i) -> {
            Random truth = new Random(31L * i + 7);
            double y = 20 + 5 * truth.nextGaussian();
            double p = y + noise * random.nextGaussian();
            return "%s,%s,%s,%s,%s,%s,%s,%d"
                    .formatted(
                            text(y),
                            text(p),
                            text(p - 1.3),
                            text(p),
                            text(p + 1.3),
                            weight(truth),
                            CITIES.get(truth.nextInt(3)),
                            18 + truth.nextInt(60));
        });
    }

    /** {@code q,y,s,market}: documents that were ranked for queries. */
    DataSource ranked(String name, int queries, long seed) {
        return write(name, "q,y,s,market", queries * 6, seed, (random, i) -> {
            int y = Math.max(0, random.nextInt(6) - 2);
            return "q%03d,%d,%s,%s".formatted(i / 6, y, text(y + random.nextGaussian()), i / 6 % 2 == 0 ? "no" : "it");
        });
    }

    static String text(double number) {
        return String.format(Locale.ROOT, "%.4f", number);
    }

    private static String weight(Random random) {
        return Map.of(0, "1", 1, "2", 2, "0.5", 3, "1.5").get(random.nextInt(4));
    }
}
