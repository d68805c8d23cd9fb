package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.document.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile is the same whether columns are asked for one by one or together. */
class ProfilesTogetherTest {

    private static final int ROWS = 25_000;

    @TempDir
    private Path folder;

    private interface Answer {
        Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T of(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                ProfilesTogetherTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return answer.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static DataEngine asked(DataEngine engine, Passes passes) {
        Dialect dialect = of(
                Dialect.class,
                (method, arguments) ->
                        method.getName().equals("passes") ? passes : method.invoke(engine.dialect(), arguments));
        return of(
                DataEngine.class,
                (method, arguments) -> method.getName().equals("dialect") ? dialect : method.invoke(engine, arguments));
    }

    private Path csv() throws Exception {
        Random random = new Random(11);
        StringBuilder csv = new StringBuilder("id,g,few,t,d,w,b,n,zero\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append(i)
                    .append(',')
                    .append(random.nextInt(50) == 0 ? "NaN" : String.valueOf(random.nextGaussian()))
                    .append(',')
                    .append(random.nextInt(5) == 0 ? "" : String.valueOf(random.nextInt(60) / 4.0))
                    .append(",2020-01-01T00:00:%02d".formatted(random.nextInt(60)))
                    .append(",2020-01-%02d,w".formatted(1 + random.nextInt(28)))
                    .append(random.nextInt(300) * random.nextInt(3))
                    .append(',')
                    .append(random.nextBoolean())
                    .append(',')
                    .append(random.nextInt(7) == 0 ? "" : String.valueOf(random.nextLong()))
                    .append(',')
                    .append(random.nextBoolean() ? "-0.0" : "0.5")
                    .append('\n');
        }
        return Files.writeString(folder.resolve("t.csv"), csv.toString());
    }

    @Test
    void exactly() throws Exception {
        DataSource source = DataSource.of("t", csv());
        try (DataEngine engine = DataEngine.embedded(source)) {
            Relation data = engine.open(source);
            DataEngine together = asked(engine, new Passes(500, true, OptionalDouble.empty()));
            assertThat(Json.write(Profiler.profile(together, data)))
                    .isEqualTo(Json.write(Profiler.profile(engine, data)));
        }
    }

    /** What a sketch would find is here the quantiles themselves; what is counted between them is exact. */
    @Test
    void withTheErrorOfASketch() throws Exception {
        DataSource source = DataSource.of("t", csv());
        try (DataEngine engine = DataEngine.embedded(source)) {
            Relation data = engine.open(source);
            DataEngine sketching = asked(engine, new Passes(500, true, OptionalDouble.of(0.001)));
            DataProfile profile = Profiler.profile(sketching, data);
            Distribution sketched =
                    profile.find("g").orElseThrow().distribution().orElseThrow();
            Distribution exact = Profiler.profile(engine, data)
                    .find("g")
                    .orElseThrow()
                    .distribution()
                    .orElseThrow();
            assertThat(sketched.rankError()).hasValue(0.001);
            assertThat(exact.rankError()).isEmpty();
            assertThat(sketched.equalFrequency().counts())
                    .isEqualTo(exact.equalFrequency().counts());
            assertThat(sketched.equalWidth()).isEqualTo(exact.equalWidth());
            assertThat(profile.find("few")
                            .orElseThrow()
                            .distribution()
                            .orElseThrow()
                            .rankError())
                    .isEmpty();
            assertThat(sketched.merge(exact).rankError()).hasValue(0.001);
        }
    }
}
