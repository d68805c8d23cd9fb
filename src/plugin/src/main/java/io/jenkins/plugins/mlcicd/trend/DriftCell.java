package io.jenkins.plugins.mlcicd.trend;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.result.ColumnSummary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One column in one build. */
@ExportedBean(defaultVisibility = 5)
public final class DriftCell {

    private static final int DIGITS = 3;
    private static final double PLAIN_FROM = 1e-3;
    private static final double PLAIN_BELOW = 1e6;

    private final int build;

    @CheckForNull
    private final ColumnSummary column;

    private final DriftLevel level;

    DriftCell(int build, @CheckForNull ColumnSummary column) {
        this.build = build;
        this.column = column;
        this.level = column == null ? DriftLevel.UNKNOWN : DriftLevel.of(column);
    }

    DriftLevel level() {
        return level;
    }

    double severity() {
        return column == null ? 0 : column.getSeverity();
    }

    /** The build's number. */
    @Exported
    public int getBuild() {
        return build;
    }

    /** How far from its threshold it is: unknown, calm, near, drifted or far. */
    @Exported(name = "level")
    public String getLevelKey() {
        return level.getKey();
    }

    public DriftLevel getLevel() {
        return level;
    }

    /** What its method gave; null when the build has no number of it. */
    @CheckForNull
    @Exported
    public Double getValue() {
        return column == null ? null : Double.valueOf(column.getValue());
    }

    /** What that was held against; null likewise. */
    @CheckForNull
    @Exported
    public Double getThreshold() {
        return column == null ? null : Double.valueOf(column.getThreshold());
    }

    /** The key of its method; null likewise. */
    @CheckForNull
    @Exported
    public String getMethod() {
        return column == null ? null : column.getMethod();
    }

    /** Why it drifted, by key; empty when it did not. */
    @Exported
    public List<String> getReasons() {
        return column == null ? List.of() : column.getReasons();
    }

    /** The value for people. */
    public String getNumber() {
        return column == null ? "" : number(column.getValue());
    }

    /** All of it in one line. */
    public String getText() {
        if (column == null) {
            return level.getTitle();
        }
        String numbers = Messages.DriftCell_numbers(
                level.getTitle(), column.getMethod(), number(column.getValue()), number(column.getThreshold()));
        return column.getReasons().isEmpty()
                ? numbers
                : Messages.DriftCell_reasons(numbers, String.join(", ", column.getReasons()));
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
        return size >= PLAIN_FROM && size < PLAIN_BELOW ? rounded.toPlainString() : rounded.toString();
    }
}
