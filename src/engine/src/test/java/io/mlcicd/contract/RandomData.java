package io.mlcicd.contract;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** CSV of random shape: constants, keys, sparse columns, huge numbers, odd names and odd words. */
final class RandomData {

    private static final List<String> WORDS = List.of(
            "sun", "rain", "yes", "no", "null", "007", "\"a, b\"", "it's", "ü", "- x", "#1", "a: b", "\"q\"\"q\"");

    private RandomData() {}

    static String csv(Random random) {
        int columns = 1 + random.nextInt(6);
        int rows = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(400);
        List<Supplier<String>> makers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            makers.add(column(random));
            names.add(List.of("x" + i, "\"odd \"\"" + i + "\"\"\"", i + "", "yes " + i, "id_" + i, "a: " + i)
                    .get(random.nextInt(6)));
        }
        StringBuilder csv = new StringBuilder(String.join(",", names)).append('\n');
        for (int row = 0; row < rows; row++) {
            csv.append(String.join(",", makers.stream().map(Supplier::get).toList()))
                    .append('\n');
        }
        return csv.toString();
    }

    private static Supplier<String> column(Random random) {
        double nulls = random.nextBoolean() ? 0 : random.nextDouble();
        double scale = Math.pow(10, random.nextInt(40) - 20);
        double shift = random.nextGaussian() * scale * random.nextInt(3);
        int[] next = {random.nextInt(1000)};
        int words = 1 + random.nextInt(WORDS.size());
        Supplier<String> value = switch (random.nextInt(8)) {
            case 0 -> () -> String.valueOf(random.nextGaussian() * scale + shift);
            case 1 -> () -> String.valueOf((long) (random.nextGaussian() * 1e6));
            case 2 -> () -> String.valueOf(next[0]++);
            case 3 -> () -> WORDS.get(random.nextInt(words));
            case 4 -> () -> String.valueOf(random.nextBoolean());
            case 5 ->
                () -> LocalDate.of(2020, 1, 1).plusDays(random.nextInt(500)).toString();
            case 6 -> () -> random.nextInt(50) == 0 ? "NaN" : String.valueOf(random.nextLong());
            default ->
                () -> LocalDateTime.of(2020, 1, 1, 0, 0)
                        .plusSeconds(random.nextInt(100_000_000))
                        .toString();
        };
        return () -> random.nextDouble() < nulls ? "" : value.get();
    }
}
