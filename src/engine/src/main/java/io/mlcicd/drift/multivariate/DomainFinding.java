package io.mlcicd.drift.multivariate;

import io.mlcicd.document.Figures;
import io.mlcicd.drift.multivariate.DomainClassifier.Separation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How well a classifier tells the sides apart, see {@link DomainClassifier}.
 *
 * @param auc the area under its ROC curve on rows it has not learned from, 0 to 1; 0.5 when the sides do not differ
 * @param lower95 lower limit of its confidence interval of 95 %
 * @param upper95 upper limit of it
 * @param pValue the probability of such an area or a greater one between sides that do not differ, 0 to 1
 * @param threshold what the lower limit was held against
 * @param drifted whether the lower limit is above the threshold
 * @param rows how many rows of both sides were judged
 * @param drivers the columns by which it tells the sides apart, the foremost first, at most {@value #LISTED}
 * @param message a sentence that says all this to a person
 */
public record DomainFinding(
        double auc,
        double lower95,
        double upper95,
        double pValue,
        double threshold,
        boolean drifted,
        int rows,
        List<Driver> drivers,
        String message) {

    static final int LISTED = 20;

    private static final int NAMED = 3;

    public DomainFinding {
        drivers = List.copyOf(drivers);
    }

    /**
     * A column that tells the sides apart.
     *
     * @param column its name
     * @param share its share of what the classifier gains by all columns, above 0, up to 1
     */
    public record Driver(String column, double share) {}

    /**
     * The finding from a separation.
     *
     * @param columns names of the columns in the separation's order
     * @param named whether the columns' names mean something to a person
     */
    public static DomainFinding of(Separation separation, List<String> columns, double threshold, boolean named) {
        List<Driver> drivers = new ArrayList<>();
        double[] importances = separation.importances();
        for (int i = 0; i < importances.length; i++) {
            if (importances[i] > 0) {
                drivers.add(new Driver(columns.get(i), importances[i]));
            }
        }
        drivers.sort(Comparator.comparingDouble(Driver::share).reversed().thenComparing(Driver::column));
        List<Driver> listed = drivers.subList(0, Math.min(LISTED, drivers.size()));
        boolean drifted = separation.interval().lower() > threshold;
        return new DomainFinding(
                separation.auc(),
                separation.interval().lower(),
                separation.interval().upper(),
                separation.pValue(),
                threshold,
                drifted,
                separation.rows(),
                listed,
                message(separation, threshold, drifted) + (drifted && named ? driven(drivers) : ""));
    }

    private static String message(Separation separation, double threshold, boolean drifted) {
        return "a classifier tells current rows from the reference's with an area under the ROC curve of %s (95%% interval %s to %s); its lower limit is %s the threshold %s"
                .formatted(
                        Figures.number(separation.auc()),
                        Figures.number(separation.interval().lower()),
                        Figures.number(separation.interval().upper()),
                        drifted ? "above" : "not above",
                        Figures.number(threshold));
    }

    private static String driven(List<Driver> drivers) {
        List<String> names = drivers.stream()
                .limit(NAMED)
                .map(driver -> "'%s' (%s)".formatted(driver.column(), Figures.percent(driver.share())))
                .toList();
        return names.isEmpty() ? "" : "; it goes by " + Figures.listed(names);
    }
}
