package io.mlcicd.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.metric.MetricOptions.Costs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Expected values were computed with scikit-learn 1.9.1; {@code ks} of rows without weights with scipy 1.17.1's {@code
 * ks_2samp}; {@code liftTop10}, {@code ece} of weighted rows and costs with numpy by their definition.
 */
class BinaryReferenceTest {

    /** What a measurement must tell: exactly these metrics. */
    private record Case(String name, MetricOptions options, boolean probabilities, BinaryRows rows, String expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static MetricOptions options(double threshold) {
        return new MetricOptions(
                OptionalDouble.of(threshold), List.of(2.0, 0.5), List.of(), List.of(), Optional.empty());
    }

    private static MetricOptions costed(double threshold) {
        return new MetricOptions(
                OptionalDouble.of(threshold),
                List.of(2.0, 0.5),
                List.of(),
                List.of(),
                Optional.of(new Costs(-1, 2, 5, 0.25)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void metricsAreThoseOfScikitLearn(Case known) {
        Map<String, Double> metrics =
                known.rows().measure(known.options(), known.probabilities()).metrics();

        Map<String, Double> expected = new LinkedHashMap<>();
        known.expected().lines().forEach(line -> {
            String[] words = line.split(" ");
            expected.put(words[0], Double.valueOf(words[1]));
        });
        assertThat(metrics).containsOnlyKeys(expected.keySet());
        expected.forEach((name, value) -> assertThat(metrics.get(name)).as(name).isCloseTo(value, within(1e-9)));
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "ties and bin edges",
                        costed(0.5),
                        true,
                        BinaryRows.of(
                                new double[] {
                                    1.0,
                                    0.9,
                                    0.9,
                                    0.7,
                                    0.7,
                                    0.7000000000000001,
                                    0.6,
                                    0.30000000000000004,
                                    0.3,
                                    0.3,
                                    0.1,
                                    0.0
                                },
                                new double[] {1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0},
                                new double[0],
                                new double[0]),
                        """
                    accuracy 0.6666666666666666
                    balancedAccuracy 0.6857142857142857
                    precision 0.5714285714285714
                    recall 0.8
                    specificity 0.5714285714285714
                    f1 0.6666666666666666
                    f2 0.7407407407407407
                    f0.5 0.6060606060606061
                    mcc 0.37142857142857144
                    cohenKappa 0.3513513513513513
                    positiveShare 0.5833333333333334
                    prevalence 0.4166666666666667
                    rocAuc 0.7
                    ks 0.3714285714285715
                    prAuc 0.6476190476190475
                    prAucTrapezoidal 0.6738095238095239
                    liftTop10 2.2
                    logLoss 0.6421729160724744
                    brier 0.22749999999999995
                    ece 0.20833333333333334
                    cost 0.6666666666666666
                    costBest 0.4583333333333333
                    """),
                new Case(
                        "weights and a threshold",
                        costed(0.65),
                        true,
                        BinaryRows.of(
                                new double[] {
                                    1.0,
                                    0.9,
                                    0.9,
                                    0.7,
                                    0.7,
                                    0.7000000000000001,
                                    0.6,
                                    0.30000000000000004,
                                    0.3,
                                    0.3,
                                    0.1,
                                    0.0
                                },
                                new double[] {1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0},
                                new double[0],
                                new double[] {1, 2, 0.5, 3, 1.25, 0.1, 7, 2, 0.3, 1, 4, 2.5}),
                        """
                    accuracy 0.5679513184584178
                    balancedAccuracy 0.5603277715491657
                    precision 0.5732484076433121
                    recall 0.3813559322033898
                    specificity 0.7392996108949417
                    f1 0.45801526717557256
                    f2 0.4087193460490463
                    f0.5 0.5208333333333333
                    mcc 0.12937500425973458
                    cohenKappa 0.12232855530945708
                    positiveShare 0.31845841784989853
                    prevalence 0.4787018255578093
                    rocAuc 0.7765613664842049
                    ks 0.7138758820813822
                    prAuc 0.7245718373224679
                    prAucTrapezoidal 0.6575184028978398
                    liftTop10 1.0957627118644067
                    logLoss 0.5185264366564071
                    brier 0.1676876267748479
                    ece 0.23062880324543608
                    cost 1.6663286004056794
                    costBest -0.03752535496957403
                    """),
                new Case(
                        "scores beside predictions",
                        options(0.5),
                        false,
                        BinaryRows.of(
                                new double[] {-3.5, 2, 2, 0, -0.0, 17, -3.5, 1e-09, 2, 100, -7, 3},
                                new double[] {1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0},
                                new double[] {1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0},
                                new double[] {1, 2, 0.5, 3, 1.25, 0.1, 7, 2, 0.3, 1, 4, 2.5}),
                        """
                    accuracy 0.6835699797160243
                    balancedAccuracy 0.6937281540592231
                    precision 0.6111111111111112
                    recall 0.9322033898305084
                    specificity 0.45525291828793774
                    f1 0.7382550335570469
                    f2 0.843558282208589
                    f0.5 0.6563245823389021
                    mcc 0.4360820677052559
                    cohenKappa 0.37931368434645063
                    positiveShare 0.7302231237322515
                    prevalence 0.4787018255578093
                    rocAuc 0.34607267691090154
                    ks 0.5236430785464617
                    prAuc 0.47225545272708136
                    prAucTrapezoidal 0.35006316454363623
                    liftTop10 0.0
                    """),
                new Case(
                        "no score",
                        options(0.5),
                        false,
                        BinaryRows.of(
                                new double[0],
                                new double[] {1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0},
                                new double[] {1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0},
                                new double[0]),
                        """
                    accuracy 0.5833333333333334
                    balancedAccuracy 0.5857142857142856
                    precision 0.5
                    recall 0.6
                    specificity 0.5714285714285714
                    f1 0.5454545454545454
                    f2 0.5769230769230769
                    f0.5 0.5172413793103449
                    mcc 0.1690308509457033
                    cohenKappa 0.16666666666666663
                    positiveShare 0.5
                    prevalence 0.4166666666666667
                    """),
                new Case(
                        "no negative row",
                        costed(0.5),
                        true,
                        BinaryRows.of(
                                new double[] {0.2, 0.9, 0.5}, new double[] {1, 1, 1}, new double[0], new double[0]),
                        """
                    accuracy 0.6666666666666666
                    balancedAccuracy 0.6666666666666666
                    precision 1.0
                    recall 0.6666666666666666
                    specificity 0.0
                    f1 0.8
                    f2 0.7142857142857143
                    f0.5 0.9090909090909091
                    mcc 0.0
                    cohenKappa 0.0
                    positiveShare 0.6666666666666666
                    prevalence 1.0
                    prAuc 1.0
                    prAucTrapezoidal 1.0
                    liftTop10 1.0
                    logLoss 0.8026485362172906
                    brier 0.30000000000000004
                    ece 0.4666666666666666
                    cost 1.0
                    costBest -1.0
                    """),
                new Case(
                        "no positive row",
                        costed(0.5),
                        true,
                        BinaryRows.of(
                                new double[] {0.2, 0.9, 0.5}, new double[] {0, 0, 0}, new double[0], new double[0]),
                        """
                    accuracy 0.3333333333333333
                    balancedAccuracy 0.3333333333333333
                    precision 0.0
                    recall 0.0
                    specificity 0.3333333333333333
                    f1 0.0
                    f2 0.0
                    f0.5 0.0
                    mcc 0.0
                    cohenKappa 0.0
                    positiveShare 0.6666666666666666
                    prevalence 0.0
                    logLoss 1.0729586082894003
                    brier 0.3666666666666667
                    ece 0.5333333333333333
                    cost 1.4166666666666667
                    costBest 0.25
                    """),
                new Case(
                        "constant scores",
                        options(0.5),
                        true,
                        BinaryRows.of(
                                new double[] {0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4},
                                new double[] {1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0},
                                new double[0],
                                new double[] {1, 2, 0.5, 3, 1.25, 0.1, 7, 2, 0.3, 1, 4, 2.5}),
                        """
                    accuracy 0.5212981744421906
                    balancedAccuracy 0.5
                    precision 0.0
                    recall 0.0
                    specificity 1.0
                    f1 0.0
                    f2 0.0
                    f0.5 0.0
                    mcc 0.0
                    cohenKappa 0.0
                    positiveShare 0.0
                    prevalence 0.4787018255578093
                    rocAuc 0.5
                    ks 0.0
                    prAuc 0.4787018255578094
                    prAucTrapezoidal 0.7393509127789046
                    liftTop10 1.0
                    logLoss 0.7049225112173634
                    brier 0.25574036511156184
                    ece 0.0787018255578093
                    """),
                new Case(
                        "one positive row",
                        costed(0.5),
                        true,
                        BinaryRows.of(new double[] {0.8}, new double[] {1}, new double[0], new double[0]),
                        """
                    accuracy 1.0
                    balancedAccuracy 1.0
                    precision 1.0
                    recall 1.0
                    specificity 0.0
                    f1 1.0
                    f2 1.0
                    f0.5 1.0
                    mcc 0.0
                    positiveShare 1.0
                    prevalence 1.0
                    prAuc 1.0
                    prAucTrapezoidal 1.0
                    liftTop10 1.0
                    logLoss 0.2231435513142097
                    brier 0.03999999999999998
                    ece 0.19999999999999996
                    cost -1.0
                    costBest -1.0
                    """),
                new Case(
                        "one negative row, wrong for sure",
                        options(0.5),
                        true,
                        BinaryRows.of(new double[] {1.0}, new double[] {0}, new double[0], new double[0]),
                        """
                    accuracy 0.0
                    balancedAccuracy 0.0
                    precision 0.0
                    recall 0.0
                    specificity 0.0
                    f1 0.0
                    f2 0.0
                    f0.5 0.0
                    mcc 0.0
                    cohenKappa 0.0
                    positiveShare 1.0
                    prevalence 0.0
                    logLoss 36.04365338911715
                    brier 1.0
                    ece 1.0
                    """),
                new Case(
                        "one negative row, right",
                        options(0.5),
                        true,
                        BinaryRows.of(new double[] {0.25}, new double[] {0}, new double[0], new double[0]),
                        """
                    accuracy 1.0
                    balancedAccuracy 1.0
                    precision 0.0
                    recall 0.0
                    specificity 1.0
                    f1 0.0
                    f2 0.0
                    f0.5 0.0
                    mcc 0.0
                    positiveShare 0.0
                    prevalence 0.0
                    logLoss 0.2876820724517809
                    brier 0.0625
                    ece 0.25
                    """),
                new Case(
                        "separated",
                        options(0.5),
                        true,
                        BinaryRows.of(
                                new double[] {1, 0.9, 0.2, 0.1, 0},
                                new double[] {1, 1, 0, 0, 0},
                                new double[0],
                                new double[0]),
                        """
                    accuracy 1.0
                    balancedAccuracy 1.0
                    precision 1.0
                    recall 1.0
                    specificity 1.0
                    f1 1.0
                    f2 1.0
                    f0.5 1.0
                    mcc 1.0
                    cohenKappa 1.0
                    positiveShare 0.4
                    prevalence 0.4
                    rocAuc 1.0
                    ks 1.0
                    prAuc 1.0
                    prAucTrapezoidal 1.0
                    liftTop10 2.5
                    logLoss 0.08677291652597255
                    brier 0.011999999999999997
                    ece 0.08
                    """),
                new Case(
                        "inverted, weighted",
                        options(0.5),
                        true,
                        BinaryRows.of(
                                new double[] {0, 0.1, 0.9, 0.8, 1},
                                new double[] {1, 1, 0, 0, 0},
                                new double[0],
                                new double[] {1, 2, 3, 4, 5}),
                        """
                    accuracy 0.0
                    balancedAccuracy 0.0
                    precision 0.0
                    recall 0.0
                    specificity 0.0
                    f1 0.0
                    f2 0.0
                    f0.5 0.0
                    mcc -1.0
                    cohenKappa -0.47058823529411775
                    positiveShare 0.8
                    prevalence 0.2
                    rocAuc 0.0
                    ks 1.0
                    prAuc 0.1619047619047619
                    prAucTrapezoidal 0.10476190476190476
                    liftTop10 0.0
                    logLoss 15.61417316329397
                    brier 0.8406666666666668
                    ece 0.9133333333333333
                    """),
                new Case("a hundred thousand rows", costed(0.5), true, BinaryRows.generated(100_000, false), """
                    accuracy 0.74772
                    balancedAccuracy 0.7795259787896047
                    precision 0.5786312122061591
                    recall 0.8735263889728553
                    specificity 0.685525568606354
                    f1 0.6961360570437464
                    f2 0.7927250781807209
                    f0.5 0.6205282370624866
                    mcc 0.5260776061728052
                    cohenKappa 0.4952418836507524
                    positiveShare 0.49942
                    prevalence 0.33082
                    rocAuc 0.8731914773860432
                    ks 0.5754312821281626
                    prAuc 0.7793540090009945
                    prAucTrapezoidal 0.779391567952428
                    liftTop10 2.725726981440058
                    logLoss 0.5028323185616649
                    brier 0.16781842683349998
                    ece 0.16843249300000004
                    cost 0.455785
                    costBest 0.4531400000000001
                    """),
                new Case(
                        "a hundred thousand weighted rows",
                        costed(0.5),
                        true,
                        BinaryRows.generated(100_000, true),
                        """
                    accuracy 0.7483107486481998
                    balancedAccuracy 0.7800764252324477
                    precision 0.5791941779477926
                    recall 0.8739059963860981
                    specificity 0.6862468540788085
                    f1 0.6966639659409853
                    f2 0.793186461134592
                    f0.5 0.6210844814075143
                    mcc 0.5270766594818956
                    cohenKappa 0.4962840727383008
                    positiveShare 0.49901066669294114
                    prevalence 0.3307267304236507
                    rocAuc 0.8736664359786925
                    ks 0.5763292571811237
                    prAuc 0.7800243007649519
                    prAucTrapezoidal 0.7800615810346442
                    liftTop10 2.729357911688981
                    logLoss 0.5021885315803167
                    brier 0.1675684498341672
                    ece 0.16837380490367704
                    cost 0.4542840713864232
                    costBest 0.45149550326541216
                    """));
    }
}
