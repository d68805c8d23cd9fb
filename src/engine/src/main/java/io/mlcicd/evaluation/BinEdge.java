package io.mlcicd.evaluation;

import io.mlcicd.data.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A border between bins: a value that equals it is in the upper one.
 *
 * @param value on the axis of numbers; of dates and timestamps seconds since 1970-01-01T00:00Z
 * @param words as people write it
 */
record BinEdge(double value, String words, boolean time) {

    private static final double SECONDS_PER_DAY = 86_400;

    /** Borders at quartiles, moved to where a number is short; fewer where quartiles are equal. */
    static List<BinEdge> between(List<Double> quartiles, ColumnType type) {
        if (quartiles.isEmpty()) {
            return List.of();
        }
        double spread = quartiles.get(quartiles.size() - 1) - quartiles.get(0);
        return quartiles.stream()
                .map(quartile -> at(quartile, spread, type))
                .distinct()
                .toList();
    }

    private static BinEdge at(double quartile, double spread, ColumnType type) {
        return switch (type) {
            case DATE -> {
                double days = Math.ceil(quartile / SECONDS_PER_DAY);
                yield new BinEdge(
                        days * SECONDS_PER_DAY,
                        LocalDate.ofEpochDay((long) days).toString(),
                        true);
            }
            case TIMESTAMP -> {
                long seconds = (long) Math.ceil(quartile);
                String words = Instant.ofEpochSecond(seconds)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDateTime()
                        .toString()
                        .replace('T', ' ');
                yield new BinEdge(seconds, words, true);
            }
            case INTEGER -> number(Math.ceil(quartile));
            default -> number(spread > 0 ? rounded(quartile, spread) : quartile);
        };
    }

    private static BinEdge number(double value) {
        return new BinEdge(value + 0.0, Wording.exact(value), false);
    }

    /** To a hundredth of the spread's power of ten, which moves few rows into another bin. */
    private static double rounded(double value, double spread) {
        int decimals = 2 - (int) Math.floor(Math.log10(spread));
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .doubleValue();
    }

    /** What rows from one border up to another have in common. */
    static String words(Optional<BinEdge> from, Optional<BinEdge> to) {
        if (from.isEmpty()) {
            BinEdge edge = to.orElseThrow();
            return (edge.time ? "before " : "below ") + edge.words;
        }
        BinEdge edge = from.get();
        return to.map(end -> "from " + edge.words + " to " + end.words)
                .orElse(edge.words + (edge.time ? " or later" : " or more"));
    }
}
