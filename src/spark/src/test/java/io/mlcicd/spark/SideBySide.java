package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataEngines;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Result;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One Spark driver for all tests of a class, and the comparison of what it says with what DuckDB says. */
final class SideBySide implements AutoCloseable {

    /** Sums of many numbers depend on their order by so much of their size. */
    private static final double ROUNDING = 1e-9;

    private final DataEngine spark;
    private final SharedEngine shared;

    SideBySide() throws InterruptedException {
        spark = LocalSpark.open(List.of());
        shared = new SharedEngine(spark);
    }

    /** Engines that all are the one driver. */
    DataEngines spark() {
        return (sources, progress) -> shared;
    }

    /** The same, as if that many rows were too many to be handed over. */
    DataEngines sparkWhereMoreAreMany(long rows) {
        return (sources, progress) -> shared.withMost(rows);
    }

    /** How many rows came from the driver since that was asked last. */
    long rowsSent() {
        return shared.rowsSent();
    }

    /** An operation on one engine. */
    @FunctionalInterface
    interface Run {
        Result<?> with(DataEngines engines) throws InterruptedException;
    }

    /** Asserts that both engines' documents are the same, up to the rounding of sums and the times they took. */
    void agreeOn(Run run) throws InterruptedException {
        Result<?> duck = run.with(DataEngines.EMBEDDED);
        Result<?> there = run.with(spark());
        assertThat(differences(duck, there, ROUNDING)).isEmpty();
    }

    /** Where two documents differ by more than so much of a number's size. */
    static List<String> differences(Result<?> one, Result<?> other, double most) {
        List<String> found = new ArrayList<>();
        compare("", Json.mapper().valueToTree(one), Json.mapper().valueToTree(other), most, found);
        return found;
    }

    private static void compare(String path, JsonNode one, JsonNode other, double most, List<String> found) {
        if (path.equals("/started") || path.equals("/seconds")) {
            return;
        }
        if (one.isNumber() && other.isNumber()) {
            double a = one.doubleValue();
            double b = other.doubleValue();
            // What is 0 on one engine may be a rounding error on the other.
            if (Math.abs(a - b) > most * Math.max(Math.abs(a), Math.abs(b)) && Math.abs(a - b) > 1e-12) {
                found.add(path + ": " + a + " and " + b);
            }
        } else if (one.isObject() && other.isObject()) {
            Set<String> names = new TreeSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "/" + name, one.path(name), other.path(name), most, found));
        } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
            Iterator<JsonNode> others = other.iterator();
            int i = 0;
            for (JsonNode each : one) {
                compare(path + "/" + i++, each, others.next(), most, found);
            }
        } else if (!one.equals(other)) {
            found.add(path + ": " + one + " and " + other);
        }
    }

    @Override
    public void close() {
        spark.close();
    }
}
