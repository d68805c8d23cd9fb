package io.mlcicd.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.OptionsBuilder;

class BenchmarksTest {

    @Test
    void comparesEveryBenchmarkWithItsPeer() throws Exception {
        List<Comparison> comparisons = Benchmarks.run(new OptionsBuilder()
                .param("rows", "500")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .build());

        assertThat(comparisons)
                .extracting(Comparison::name)
                .containsExactlyInAnyOrder(
                        "ProfileBenchmark",
                        "ProfileBenchmark",
                        "ValidateBenchmark",
                        "ValidateBenchmark",
                        "DriftBenchmark",
                        "EvaluateBenchmark",
                        "LineageBenchmark",
                        "LineageBenchmark");
        assertThat(comparisons).allSatisfy(each -> {
            assertThat(each.engineMillis()).isPositive();
            assertThat(each.ratio()).isFinite().isPositive();
            assertThat(each.parameters()).contains("rows=500");
        });
    }

    @Test
    void aRatioBelowOneMeansThatTheEngineIsFaster() {
        assertThat(new Comparison("ProfileBenchmark", "", 50, 100).ratio()).isEqualTo(0.5);
    }
}
