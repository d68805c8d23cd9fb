package io.jenkins.plugins.mlcicd.trend;

import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.result.ColumnSummary;
import java.util.Locale;

/** How far a column is from its threshold, the least severe first; each has a sign of its own for whom colours do not help. */
public enum DriftLevel {
    /** There is no number. */
    UNKNOWN("–"),
    CALM("·"),
    NEAR("△"),
    DRIFTED("▲"),
    FAR("▲▲");

    private static final double NEAR_FROM = 0.5;
    private static final double FAR_FROM = 2;

    private final String sign;

    DriftLevel(String sign) {
        this.sign = sign;
    }

    static DriftLevel of(ColumnSummary column) {
        double severity = column.getSeverity();
        if (column.isDrifted()) {
            return severity >= FAR_FROM ? FAR : DRIFTED;
        }
        return severity >= NEAR_FROM ? NEAR : CALM;
    }

    /** Its name for programs and style sheets. */
    public String getKey() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String getSign() {
        return sign;
    }

    /** What it is, in a few words. */
    public String getTitle() {
        return switch (this) {
            case UNKNOWN -> Messages.DriftLevel_unknown();
            case CALM -> Messages.DriftLevel_calm();
            case NEAR -> Messages.DriftLevel_near();
            case DRIFTED -> Messages.DriftLevel_drifted();
            case FAR -> Messages.DriftLevel_far();
        };
    }

    /** When it is. */
    public String getMeaning() {
        return switch (this) {
            case UNKNOWN -> Messages.DriftLevel_unknownMeaning();
            case CALM -> Messages.DriftLevel_calmMeaning();
            case NEAR -> Messages.DriftLevel_nearMeaning();
            case DRIFTED -> Messages.DriftLevel_driftedMeaning();
            case FAR -> Messages.DriftLevel_farMeaning();
        };
    }
}
