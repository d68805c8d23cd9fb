package io.mlcicd.evaluation.imports;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The metrics of TensorFlow Model Analysis and Keras, and what they are here. */
final class TfmaNames {

    /** How a metric of two classes is one of several. */
    enum Means {
        /** It is the same for any number of classes, and not averaged. */
        NONE,
        /** It is only of two classes. */
        TWO_CLASSES,
        /** {@code <name>.micro}, {@code .macro} or {@code .weighted}. */
        OF_CLASSES,
        /** One against the rest, as means over the classes. */
        ROC_CURVE,
        PR_CURVE;

        /** Our name of the metric; empty when it is not computed. */
        Optional<String> of(String base, String average, boolean multiclass) {
            boolean plain = average.isEmpty();
            return Optional.ofNullable(
                    switch (this) {
                        case NONE -> plain || base.equals("rows") ? base : null;
                        case TWO_CLASSES -> plain && !multiclass ? base : null;
                        case OF_CLASSES -> plain ? (multiclass ? null : base) : base + "." + average;
                        case ROC_CURVE ->
                            switch (average) {
                                case "" -> multiclass ? null : base;
                                case "macro" -> "rocAuc.ovr";
                                case "weighted" -> "rocAuc.ovr.weighted";
                                default -> null;
                            };
                        case PR_CURVE ->
                            switch (average) {
                                case "" -> multiclass ? null : base;
                                case "macro" -> "prAuc.macro";
                                default -> null;
                            };
                    });
        }
    }

    /**
     * A metric that is known.
     *
     * @param ours our name; blank when it is not computed here
     * @param unit what its values are multiplied with
     */
    record Kind(String ours, Means means, double unit) {}

    private static final Map<String, Kind> BY_NAME = new HashMap<>();

    static {
        put("rows", Means.NONE, "ExampleCount");
        put("accuracy", Means.NONE, "Accuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy", "acc");
        put("accuracy", Means.TWO_CLASSES, "BinaryAccuracy");
        put("top5Accuracy", Means.NONE, "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy");
        put("balancedAccuracy", Means.TWO_CLASSES, "BalancedAccuracy");
        put("precision", Means.OF_CLASSES, "Precision");
        put("recall", Means.OF_CLASSES, "Recall");
        put("specificity", Means.OF_CLASSES, "Specificity");
        put("f1", Means.OF_CLASSES, "F1Score", "FBetaScore", "f1");
        put("mcc", Means.TWO_CLASSES, "MatthewsCorrelationCoefficient");
        put("prevalence", Means.TWO_CLASSES, "Prevalence");
        put("positiveShare", Means.TWO_CLASSES, "PredictedPositiveRate");
        put("rocAuc", Means.ROC_CURVE, "AUC");
        put("prAuc", Means.PR_CURVE, "AUCPrecisionRecall", "auc_pr");
        put("logLoss", Means.TWO_CLASSES, "BinaryCrossentropy", "BinaryCrossEntropy");
        put(
                "logLoss",
                Means.NONE,
                "CategoricalCrossentropy",
                "CategoricalCrossEntropy",
                "SparseCategoricalCrossentropy");
        put("mse", Means.NONE, "MeanSquaredError", "mse");
        put("rmse", Means.NONE, "RootMeanSquaredError", "rmse");
        put("mae", Means.NONE, "MeanAbsoluteError", "mae");
        put("r2", Means.NONE, "R2Score");
        put("ndcg", Means.NONE, "NDCG");
        // They count percents, we count shares.
        for (String name : new String[] {"MeanAbsolutePercentageError", "mape"}) {
            BY_NAME.put(snakeCase(name), new Kind("mape", Means.NONE, 0.01));
        }
        put(
                "",
                Means.NONE,
                "loss",
                "SensitivityAtSpecificity",
                "SpecificityAtSensitivity",
                "PrecisionAtRecall",
                "RecallAtPrecision",
                "TruePositives",
                "TrueNegatives",
                "FalsePositives",
                "FalseNegatives",
                "FallOut",
                "MissRate",
                "NegativePredictiveValue",
                "FalseDiscoveryRate",
                "FalseOmissionRate",
                "PrevalenceThreshold",
                "ThreatScore",
                "FowlkesMallowsIndex",
                "Informedness",
                "Markedness",
                "PositiveLikelihoodRatio",
                "NegativeLikelihoodRatio",
                "DiagnosticOddsRatio",
                "Calibration",
                "MeanLabel",
                "MeanPrediction",
                "WeightedExampleCount",
                "TotalWeight",
                "SquaredPearsonCorrelation",
                "CoefficientOfDiscrimination",
                "RelativeCoefficientOfDiscrimination",
                "MeanSquaredLogarithmicError",
                "LogCoshError",
                "Poisson",
                "KLDivergence",
                "CosineSimilarity",
                "Hinge",
                "SquaredHinge",
                "CategoricalHinge",
                "MinLabelPosition",
                "QueryStatistics",
                "BooleanFlipRates",
                "SymmetricPredictionDifference",
                "MeanIoU",
                "BinaryIoU",
                "IoU");
    }

    private TfmaNames() {}

    private static void put(String ours, Means means, String... theirs) {
        for (String name : theirs) {
            BY_NAME.put(snakeCase(name), new Kind(ours, means, 1));
        }
    }

    /** The metric that a class computes; empty when the class is a team's own. */
    static Optional<Kind> ofClass(String className) {
        return ofName(snakeCase(className));
    }

    /** The metric that goes by that name when nobody names it otherwise. */
    static Optional<Kind> ofName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The name that a metric gets from its class there. */
    static String snakeCase(String className) {
        return className
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
