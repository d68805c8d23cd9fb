package io.mlcicd.drift.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mlcicd.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Sequential detectors. Change points and sums are those of the algorithms of river (its repository's newest {@code
 * adwin_c.pyx}, {@code page_hinkley.py} and {@code ddm.py}, of version 0.2x), run in Python over the same streams.
 */
class DetectorsTest {

    private static final DetectorState ADWIN = DetectorState.OfAdwin.start(0.002, 32);
    private static final DetectorState PAGE = DetectorState.OfPageHinkley.start(30, 0.005, 50, 0.9999);
    private static final DetectorState DDM = DetectorState.OfDdm.start(30, 2, 3);

    /** Errors at rates of 0.1, 0.3 and 0.12, 1500 rows each. */
    private static List<Double> errors() {
        Lcg random = new Lcg(2026);
        List<Double> errors = new ArrayList<>();
        for (double rate : new double[] {0.1, 0.3, 0.12}) {
            for (int i = 0; i < 1500; i++) {
                errors.add(random.bit(rate));
            }
        }
        return errors;
    }

    private static List<Integer> changes(Detector detector, List<Double> values) {
        List<Integer> changes = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Signal signal = detector.add(values.get(i));
            if (signal == Signal.DRIFT || signal == Signal.BETTER) {
                changes.add(i);
            }
        }
        return changes;
    }

    @Test
    void adwinFindsTheChangesThatRiverFinds() {
        Adwin adwin = (Adwin) Detector.resume(ADWIN);

        assertThat(changes(adwin, errors())).containsExactly(1631, 1663, 1823, 3263, 3359, 3391, 3519);

        DetectorState.OfAdwin state = (DetectorState.OfAdwin) adwin.state();
        assertThat(adwin.width()).isEqualTo(1492);
        assertThat(state.total()).isEqualTo(185);
        assertThat(state.variance()).isCloseTo(162.06099195710487, within(1e-9));
    }

    @Test
    void adwinFindsTheChangesOfRealNumbersThatRiverFinds() {
        Lcg random = new Lcg(7);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 1400; i++) {
            values.add((i < 700 ? 0.2 : 0.35) + 0.3 * random.next());
        }
        Adwin adwin = (Adwin) Detector.resume(ADWIN);

        assertThat(changes(adwin, values)).containsExactly(767, 799, 831, 863, 959);

        DetectorState.OfAdwin state = (DetectorState.OfAdwin) adwin.state();
        assertThat(adwin.width()).isEqualTo(728);
        assertThat(state.total()).isCloseTo(362.87341855894744, within(1e-9));
        assertThat(state.variance()).isCloseTo(5.861720790471942, within(1e-9));
    }

    @Test
    void adwinTellsWorseFromBetter() {
        Detector adwin = Detector.resume(ADWIN);
        List<Signal> signals = errors().stream().map(adwin::add).toList();

        assertThat(signals.get(1631)).isEqualTo(Signal.DRIFT);
        assertThat(signals.get(3263)).isEqualTo(Signal.BETTER);
    }

    @Test
    void pageHinkleyFindsTheRiseThatRiverFinds() {
        PageHinkley page = (PageHinkley) Detector.resume(PAGE);

        assertThat(changes(page, errors())).containsExactly(1793);

        DetectorState.OfPageHinkley state = (DetectorState.OfPageHinkley) page.state();
        assertThat(state.mean()).isCloseTo(0.19881744271988183, within(1e-12));
        assertThat(state.sum()).isCloseTo(-164.9466432747416, within(1e-9));
        assertThat(state.lowest()).hasValue(state.sum());
    }

    @Test
    void pageHinkleyOfStandardizedWindowsFindsTheRiseThatRiverFinds() {
        Lcg random = new Lcg(99);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            double sum = -6;
            for (int j = 0; j < 12; j++) {
                sum += random.next();
            }
            values.add(sum + (i < 40 ? 0 : 1.5));
        }
        PageHinkley page = (PageHinkley) Detector.resume(DetectorState.OfPageHinkley.start(5, 0.5, 5, 1));

        assertThat(changes(page, values)).containsExactly(42);
        assertThat(((DetectorState.OfPageHinkley) page.state()).sum()).isCloseTo(-13.318499573845697, within(1e-9));
    }

    @Test
    void ddmWarnsAndFindsTheRiseAsRiverDoes() {
        Detector ddm = Detector.resume(DDM);
        List<Signal> signals = errors().stream().map(ddm::add).toList();

        assertThat(signals.indexOf(Signal.WARNING)).isEqualTo(1526);
        assertThat(signals.stream().filter(Signal.WARNING::equals).count()).isEqualTo(298);
        assertThat(signals.indexOf(Signal.DRIFT)).isEqualTo(1615);
        assertThat(signals.lastIndexOf(Signal.DRIFT)).isEqualTo(1615);
        assertThat(((DetectorState.OfDdm) ddm.state()).rate()).isCloseTo(0.20319001386962562, within(1e-12));
    }

    @Test
    void aDetectorThatWasKeptAsJsonAnywhereGoesOnAsIfItHadNeverStopped() throws JsonProcessingException {
        Random random = new Random(5);
        for (DetectorState start : List.of(ADWIN, PAGE, DDM)) {
            Detector steady = Detector.resume(start);
            Detector kept = Detector.resume(start);
            for (double error : errors()) {
                if (random.nextInt(50) == 0) {
                    kept = Detector.resume(Json.mapper().readValue(Json.write(kept.state()), DetectorState.class));
                }
                assertThat(kept.add(error)).isEqualTo(steady.add(error));
            }
            assertThat(kept.state()).isEqualTo(steady.state());
        }
    }

    @Test
    void ofAStationaryStreamTheyRaiseFewFalseAlarms() {
        // Of 100 streams of 2000 rows each. DDM is known to alarm more easily: its test is made at each row.
        assertThat(falseAlarms(() -> Detector.resume(ADWIN))).isLessThanOrEqualTo(2);
        assertThat(falseAlarms(() -> Detector.resume(PAGE))).isLessThanOrEqualTo(1);
        assertThat(falseAlarms(() -> Detector.resume(DDM))).isLessThanOrEqualTo(30);
    }

    private static int falseAlarms(Supplier<Detector> detector) {
        int alarms = 0;
        for (int stream = 0; stream < 100; stream++) {
            Random random = new Random(stream);
            Detector one = detector.get();
            boolean alarmed = false;
            for (int i = 0; i < 2000; i++) {
                alarmed |= one.add(random.nextDouble() < 0.2 ? 1 : 0) == Signal.DRIFT;
            }
            alarms += alarmed ? 1 : 0;
        }
        return alarms;
    }

    @Test
    void valuesThatNeverVaryAreNoChange() {
        for (double value : new double[] {0, 0.5, 1}) {
            for (DetectorState start : List.of(ADWIN, PAGE)) {
                Detector detector = Detector.resume(start);
                for (int i = 0; i < 500; i++) {
                    assertThat(detector.add(value)).isEqualTo(Signal.NONE);
                }
            }
        }
    }
}
