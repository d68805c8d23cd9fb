package io.mlcicd.evaluation;

import io.mlcicd.evaluation.imports.TfmaValidation;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.statistic.Estimate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether TFX blesses a model: the files {@code BLESSED} and {@code NOT_BLESSED} of its Evaluator, {@code INFRA_BLESSED}
 * and {@code INFRA_NOT_BLESSED} of its InfraValidator, and the Evaluator's {@code validations.tfrecord} (TFX 1.x).
 */
final class TfxBlessings {

    private static final String PREFIX = "tfx.";

    private final EvaluationDraft draft;
    private final List<Artifact> inputs;
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final List<Gate> gates = new ArrayList<>();

    private TfxBlessings(EvaluationDraft draft, List<Artifact> inputs) {
        this.draft = draft;
        this.inputs = inputs;
    }

    /**
     * Reads the folders and adds what they say to the draft: {@code tfx.blessed}, {@code tfx.infraBlessed} and {@code
     * tfx.validationOk} are 1 or 0, and {@code tfx.<metric>[<slice>]} is the value of each metric that broke its threshold.
     *
     * @param gates what decides already; a gate on one of these metrics takes the place of the one it comes with
     * @param inputs hears the files that were read
     * @return the gates that come with them
     * @throws InvalidInputException when a folder says nothing
     */
    static List<Gate> read(List<NamedFile> folders, List<Gate> gates, EvaluationDraft draft, List<Artifact> inputs) {
        TfxBlessings blessings = new TfxBlessings(draft, inputs);
        folders.forEach(blessings::read);
        blessings.metrics.forEach((name, value) -> draft.metric(name, Estimate.certain(value)));
        return blessings.gates.stream()
                .filter(own -> gates.stream().noneMatch(gate -> gate.metric().equals(own.metric())))
                .distinct()
                .toList();
    }

    /** The files of a folder by their names. */
    private record Folder(String shown, Map<String, Path> files) {

        NamedFile file(String name) {
            return new NamedFile(files.get(name), shown + "/" + name);
        }
    }

    private void read(NamedFile named) {
        Folder folder = folder(named.path(), named.shown());
        boolean said = marker(folder, "BLESSED", "NOT_BLESSED", "blessed");
        said |= marker(folder, "INFRA_BLESSED", "INFRA_NOT_BLESSED", "infraBlessed");
        for (String file : folder.files().keySet()) {
            if (file.matches("validations.*\\.tfrecord")) {
                validation(folder.file(file));
                said = true;
            }
        }
        if (!said) {
            throw new InvalidInputException(
                    folder.shown() + " has neither BLESSED nor NOT_BLESSED, neither INFRA_BLESSED"
                            + " nor INFRA_NOT_BLESSED, and no validations.tfrecord; name the folder 'blessing' or 'evaluation' of"
                            + " TFX's Evaluator, or 'blessing' of its InfraValidator");
        }
    }

    /** The folder of an execution has its number as its name; of several the newest counts. */
    private static Folder folder(Path folder, String shown) {
        try (Stream<Path> list = Files.list(folder)) {
            List<Path> all = list.sorted().toList();
            Optional<Path> newest = all.stream()
                    .filter(path -> name(path).matches("\\d+") && Files.isDirectory(path))
                    .max(Comparator.comparing(path -> new BigInteger(name(path))));
            if (newest.isPresent()) {
                return folder(newest.get(), shown + "/" + name(newest.get()));
            }
            Map<String, Path> files = new LinkedHashMap<>();
            all.forEach(path -> files.put(name(path), path));
            return new Folder(shown, files);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(shown + " does not exist; run the TFX pipeline first", e);
        } catch (NotDirectoryException e) {
            throw new InvalidInputException(shown + " is no folder; name the one that TFX wrote the blessing to", e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + shown + ": " + e.getMessage(), e);
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private boolean marker(Folder folder, String yes, String no, String metric) {
        if (folder.files().containsKey(yes) && folder.files().containsKey(no)) {
            throw new InvalidInputException(
                    folder.shown() + " has both " + yes + " and " + no + "; name the folder of one execution");
        }
        Optional<String> found =
                Stream.of(yes, no).filter(folder.files()::containsKey).findFirst();
        found.ifPresent(marker -> {
            judge(metric, marker.equals(yes));
            inputs.add(EvaluateModel.digest("blessing", folder.file(marker)));
        });
        return found.isPresent();
    }

    private void validation(NamedFile file) {
        TfmaValidation validation = TfmaValidation.read(file.path(), file.shown());
        inputs.add(EvaluateModel.digest("validations", file));
        judge("validationOk", validation.ok());
        validation.notes().forEach(draft::note);
        for (TfmaValidation.Failure failure : validation.failures()) {
            String metric = PREFIX + failure.metric();
            if (failure.value().isPresent() && Double.isFinite(failure.value().getAsDouble())) {
                metrics.put(metric, failure.value().getAsDouble());
                failure.bounds().stream()
                        .map(bound -> Gate.of(metric, bound.comparison(), bound.threshold()))
                        .forEach(gates::add);
            }
            if (failure.bounds().isEmpty()
                    || failure.value().isEmpty()
                    || !failure.why().isEmpty()) {
                draft.note("TFX: the threshold of " + failure.metric() + " was not kept"
                        + (failure.why().isEmpty() ? "" : ": " + failure.why()));
            }
        }
    }

    private void judge(String name, boolean good) {
        metrics.merge(PREFIX + name, good ? 1.0 : 0.0, Math::min);
        gates.add(Gate.of(PREFIX + name, Comparison.MIN, 1));
    }
}
