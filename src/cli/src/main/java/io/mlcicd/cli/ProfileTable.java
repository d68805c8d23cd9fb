package io.mlcicd.cli;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.ProfileDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Profiles as a table of text. */
final class ProfileTable {

    private static final List<String> HEAD =
            List.of("column", "type", "nulls", "distinct", "least", "median", "greatest");
    private static final int WIDEST = 24;

    private final Terminal terminal;

    ProfileTable(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(ProfileDetails profiles) {
        profiles.data().forEach(this::print);
        terminal.out().flush();
    }

    private void print(DataProfile profile) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        profile.columns().forEach(column -> rows.add(row(column)));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(r).get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
            }
            String text = line.toString().stripTrailing();
            terminal.out().println(r == 0 ? terminal.dim(text) : text);
        }
    }

    private static List<String> row(ColumnProfile column) {
        return List.of(
                shorten(column.name()),
                column.type().key(),
                String.format(Locale.ROOT, "%.1f %%", column.nullShare() * 100),
                (column.distinctExact() ? "" : "~") + column.distinct(),
                shorten(column.min().orElse("")),
                column.type().isNumeric()
                        ? column.distribution().map(ProfileTable::median).orElse("")
                        : "",
                shorten(column.max().orElse("")));
    }

    private static String median(Distribution distribution) {
        return distribution.quantile(0.5).stream()
                .mapToObj(value -> String.format(Locale.ROOT, "%.4g", value))
                .findFirst()
                .orElse("");
    }

    private static String shorten(String text) {
        return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }
}
