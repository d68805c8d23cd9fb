package io.mlcicd.operation;

import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result document of one operation: all that reports, pages and trends are drawn from.
 *
 * @param schemaVersion version of the document's JSON Schema, {@value #SCHEMA_VERSION} for documents written now
 * @param stage which operation wrote it
 * @param tool what wrote it
 * @param model the model it is about; empty for operations on data alone
 * @param verdict what the gates say together
 * @param started when the operation began
 * @param seconds wall-clock time it took
 * @param inputs every file that was read, with its digest
 * @param metrics the numbers to follow over builds: metric name to finite value
 * @param gates every gate with the numbers that decided it
 * @param lineage what is known of where the model comes from, up to this operation
 * @param computed where data were computed on; empty for an engine in this process that nobody had to choose
 * @param details what this operation alone has to say
 */
public record Result<D>(
        String schemaVersion,
        Stage stage,
        Tool tool,
        Optional<Model> model,
        Verdict verdict,
        Instant started,
        double seconds,
        List<Artifact> inputs,
        Map<String, Double> metrics,
        List<GateResult> gates,
        LineageRecord lineage,
        Optional<Computed> computed,
        D details) {

    /** Jackson hands over null for a key that is not there, as in documents of earlier versions. */
    public Result {
        computed = computed == null ? Optional.empty() : computed;
    }

    /** A result computed in this process. */
    public Result(
            String schemaVersion,
            Stage stage,
            Tool tool,
            Optional<Model> model,
            Verdict verdict,
            Instant started,
            double seconds,
            List<Artifact> inputs,
            Map<String, Double> metrics,
            List<GateResult> gates,
            LineageRecord lineage,
            D details) {
        this(
                schemaVersion,
                stage,
                tool,
                model,
                verdict,
                started,
                seconds,
                inputs,
                metrics,
                gates,
                lineage,
                Optional.empty(),
                details);
    }

    /** The version of the result document's schema that this code writes. */
    public static final String SCHEMA_VERSION = "1.0";

    /** Whether the pipeline may go on: no gate of criticality FAILURE failed. */
    public boolean passed() {
        return verdict != Verdict.FAILED;
    }

    /** The same result with another record of lineage. */
    public Result<D> withLineage(LineageRecord other) {
        return new Result<>(
                schemaVersion,
                stage,
                tool,
                model,
                verdict,
                started,
                seconds,
                inputs,
                metrics,
                gates,
                other,
                computed,
                details);
    }

    /** The same result with where it was computed. */
    public Result<D> withComputed(Computed there) {
        return new Result<>(
                schemaVersion,
                stage,
                tool,
                model,
                verdict,
                started,
                seconds,
                inputs,
                metrics,
                gates,
                lineage,
                Optional.of(there),
                details);
    }
}
