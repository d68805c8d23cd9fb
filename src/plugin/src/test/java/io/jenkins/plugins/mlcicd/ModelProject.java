package io.jenkins.plugins.mlcicd;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A small project on disk: forty cases of a binary model that is right on thirty of them. */
final class ModelProject {

    private final Path folder;

    ModelProject(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("model"));
        write("model/weights.txt", "0.1 0.2 0.3\n");
        write("contract.yml", """
                contract: cases
                columns:
                  age: { type: integer, min: 0, max: 120, maxNullShare: 0 }
                """);
        data("train.csv", 20);
        data("same.csv", 20);
        data("older.csv", 60);
        try (PrintWriter out = new PrintWriter(folder.resolve("predictions.csv").toFile(), "UTF-8")) {
            out.println("actual,predicted");
            for (int i = 0; i < 40; i++) {
                String actual = i % 2 == 0 ? "yes" : "no";
                out.println(actual + "," + (i < 30 ? actual : i % 2 == 0 ? "no" : "yes"));
            }
        }
        write("mlcicd.yml", """
                model: { name: small, task: binary }
                data:
                  train: { path: train.csv, contract: contract.yml }
                  older: { path: older.csv }
                evaluate:
                  predictions: predictions.csv
                  label: actual
                  prediction: predicted
                  positive: "yes"
                  gates: [{ metric: accuracy, min: 0.7 }]
                package: { model: model, image: small:1.0 }
                deploy: { target: batch, batch: { command: [cp, same.csv, "${output}"], output: scores.csv } }
                drift: { reference: train, current: same.csv, gates: [{ metric: drift.share, max: 0.3 }] }
                """);
    }

    /** The example that the documentation leads a new user to. */
    static Path example(Path target) throws IOException {
        Path source = Path.of("../../docs/examples/seattle-weather").toRealPath();
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path relative = source.relativize(file);
                boolean made = List.of("build", ".mlcicd", "__pycache__")
                        .contains(relative.getName(0).toString());
                if (Files.isRegularFile(file) && !made) {
                    Path copy = target.resolve(relative.toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return target;
    }

    private void data(String name, int least) throws IOException {
        try (PrintWriter out = new PrintWriter(folder.resolve(name).toFile(), "UTF-8")) {
            out.println("age");
            for (int i = 0; i < 200; i++) {
                out.println(least + i % 30);
            }
        }
    }

    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    Path folder() {
        return folder;
    }

    /** A Pipeline that does this in the project's folder. */
    String pipeline(String steps) {
        return pipeline("built-in", steps);
    }

    String pipeline(String label, String steps) {
        return "node('" + label + "') { dir('" + folder + "') {\n" + steps + "\n} }";
    }
}
