package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.contract.ValidateData;
import io.mlcicd.contract.ValidationRequest;
import io.mlcicd.data.ClusterSettings;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.spark.DriverProcess.Started;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Operations in this process and on Spark, whose answers are compared. All of them share one Spark. */
final class BothEngines implements AutoCloseable {

    private final DriverConnection driver;
    private final String version;

    private BothEngines(DriverConnection driver, String version) {
        this.driver = driver;
        this.version = version;
    }

    static BothEngines start() throws InterruptedException {
        return start(Map.of());
    }

    /** @param more settings of Spark */
    static BothEngines start(Map<String, String> more) throws InterruptedException {
        ClusterSettings settings = quick(more);
        Started started = DriverProcess.start(SparkSubmit.find(settings), settings, Progress.NONE);
        DriverConnection driver = new DriverConnection(started.process(), started.channel(), Progress.NONE);
        return new BothEngines(driver, driver.greet(Map.of()).get(0));
    }

    /** Small data and many queries: compiling these takes longer than answering them. */
    private static ClusterSettings quick(Map<String, String> more) {
        ClusterSettings settings = LocalSpark.settings();
        Map<String, String> conf = new TreeMap<>(settings.conf());
        conf.put("spark.sql.codegen.wholeStage", "false");
        conf.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        conf.put("spark.sql.shuffle.partitions", "1");
        conf.putAll(more);
        return new ClusterSettings(settings.submit(), settings.master(), conf, settings.options());
    }

    /** What an operation answers, but for what is about the run. */
    private interface Work {
        Result<?> run(DataEngines engines) throws InterruptedException;
    }

    /** Engines on the one Spark, which stays when one of them is closed. */
    DataEngines spark() {
        return spark(true);
    }

    /** @param exact whether quantiles are */
    DataEngines spark(boolean exact) {
        return (sources, progress) -> open(exact);
    }

    DataEngine open(boolean exact) {
        DataEngine engine = new SparkEngine(driver, version, "", new SparkDialect(version, exact));
        return (DataEngine) Proxy.newProxyInstance(
                BothEngines.class.getClassLoader(), new Class<?>[] {DataEngine.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Compares the profiles of data sets; returns what both found. */
    JsonNode profiled(DataSource... sources) throws InterruptedException {
        ProfileRequest request = new ProfileRequest(List.of(sources));
        return compared(engines -> new ProfileData(engines).run(request, Progress.NONE));
    }

    /** Compares what comes of contracts; returns what both found. */
    JsonNode validated(ValidationRequest request) throws InterruptedException {
        return compared(engines -> new ValidateData(engines).run(request, Progress.NONE));
    }

    private JsonNode compared(Work work) throws InterruptedException {
        JsonNode here = document(work.run(DataEngines.EMBEDDED));
        JsonNode there = document(work.run(spark()));
        List<String> differences = new ArrayList<>();
        differences("", here, there, differences);
        assertThat(differences).as("DuckDB's answer, and Spark's").isEmpty();
        return here;
    }

    /** Both refuse, in the same words; returns them. */
    String refused(DataSource source) throws InterruptedException {
        ProfileRequest request = new ProfileRequest(List.of(source));
        return refused(engines -> new ProfileData(engines).run(request, Progress.NONE));
    }

    /** Both refuse a contract, in the same words; returns them. */
    String refused(ValidationRequest request) throws InterruptedException {
        return refused(engines -> new ValidateData(engines).run(request, Progress.NONE));
    }

    private String refused(Work work) throws InterruptedException {
        String here = message(work, DataEngines.EMBEDDED);
        assertThat(message(work, spark())).isEqualTo(here);
        return here;
    }

    private static String message(Work work, DataEngines engines) throws InterruptedException {
        try {
            return "no refusal but " + document(work.run(engines));
        } catch (InvalidInputException e) {
            return e.getMessage();
        }
    }

    private static JsonNode document(Result<?> result) {
        ObjectNode document = Json.mapper().valueToTree(result);
        document.remove(List.of("started", "seconds"));
        return document;
    }

    /** Whether two estimates of a number of different values are as near to each other as is promised of both. */
    private static boolean bothEstimate(JsonNode here, JsonNode there) {
        double one = here.path("distinct").asDouble();
        double other = there.path("distinct").asDouble();
        return here.has("distinctExact")
                && !here.path("distinctExact").asBoolean()
                && !there.path("distinctExact").asBoolean()
                && Math.abs(one - other) <= 0.1 * Math.max(one, other);
    }

    /** Sums that are added up in another order differ in their last digits. */
    private static boolean sameButForRounding(JsonNode here, JsonNode there) {
        return here.isDouble()
                && there.isDouble()
                && Math.abs(here.asDouble() - there.asDouble()) <= 1e-12 * Math.abs(here.asDouble());
    }

    /** Where two profiles differ, wherever their rows were read. */
    static List<String> differences(DataProfile here, DataProfile there) {
        List<String> found = new ArrayList<>();
        differences("", columns(here), columns(there), found);
        return found;
    }

    private static JsonNode columns(DataProfile profile) {
        return Json.mapper().valueToTree(profile.columns());
    }

    /** Every place where two documents differ, in the order of the first. */
    private static void differences(String at, JsonNode here, JsonNode there, List<String> found) {
        if (here.isObject() && there.isObject()) {
            List<String> names = new ArrayList<>();
            here.fieldNames().forEachRemaining(names::add);
            there.fieldNames().forEachRemaining(name -> {
                if (!names.contains(name)) {
                    names.add(name);
                }
            });
            if (bothEstimate(here, there)) {
                names.remove("distinct");
            }
            names.forEach(name -> differences(at + "/" + name, here.path(name), there.path(name), found));
        } else if (here.isArray() && there.isArray() && here.size() == there.size()) {
            for (int i = 0; i < here.size(); i++) {
                differences(at + "/" + i, here.get(i), there.get(i), found);
            }
        } else if (!here.equals(there) && !sameButForRounding(here, there)) {
            found.add(at + ": " + here + " and " + there);
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
