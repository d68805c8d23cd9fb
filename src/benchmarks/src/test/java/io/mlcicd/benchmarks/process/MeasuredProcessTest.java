package io.mlcicd.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MeasuredProcessTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsWhatAProcessTookAndEndedWith() throws Exception {
        try (Workplace workplace = new Workplace("")) {
            MeasuredProcess shell = workplace.run(List.of("sh", "-c", "sleep 0.3; echo done; exit 3"));

            assertThat(shell.exitCode()).isEqualTo(3);
            assertThat(shell.seconds()).isBetween(0.3, 60.0);
            assertThat(shell.peakBytes()).isPositive();
            assertThat(workplace.lastLines()).isEqualTo("done");
        }
    }

    @Test
    void aToolThatIsNotThereSaysSo() throws Exception {
        RunnerTool tool = RunnerTool.python(
                "pandera", List.of("no-such-python"), Path.of("x.py"), "pandera", Settings.PYTHON, "c");

        assertThat(tool.missing())
                .hasValue("'no-such-python' cannot import pandera and pandas; "
                        + "name a Python that can: -Dbenchmarks.python=...");
    }

    @Test
    void anUnknownSettingIsRefused() {
        assertThatThrownBy(() -> Settings.of(new String[] {"row=5"}, Map.of("rows", "1")))
                .hasMessage("'row=5' is no setting; there are {rows=1}");
    }

    @Test
    void medianOfThreeRuns() {
        Runs runs = new Runs();
        List.of(5.0, 1.0, 2.0).forEach(seconds -> runs.add(new MeasuredProcess(0, seconds, 1 << 20)));

        assertThat(runs.seconds()).isEqualTo(2.0);
    }

    @Test
    void timesThatDoubleWithTheRowsGrowLinearly() {
        assertThat(Curve.exponent(Map.of(1000, 1.5, 2000, 3.0, 8000, 12.0))).isEqualTo(1, within(1e-12));
        assertThat(Curve.exponent(Map.of(1000, 1.0, 2000, 4.0, 4000, 16.0))).isEqualTo(2, within(1e-12));
    }
}
