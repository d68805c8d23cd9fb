package io.mlcicd.cli;

import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts a model into a container image. */
@Command(
        name = "package",
        description = "Puts the model and its files into a container image; needs no Docker daemon.",
        footer = {
            "  mlcicd package docs/examples/seattle-weather",
            "  mlcicd package --image localhost:5000/weather:1.1 --push"
        })
final class PackageCommand extends StageCommand {

    @Option(names = "--model", paramLabel = "PATH", description = "The model's file or folder.")
    private Path model;

    @Option(names = "--image", paramLabel = "NAME", description = "Name of the image, with registry and tag.")
    private String image;

    @Option(names = "--base", paramLabel = "IMAGE", description = "Base image, a tar of one, or scratch.")
    private String base;

    @Option(names = "--output", paramLabel = "FILE", description = "Where the image's tar goes.")
    private Path tar;

    @Option(names = "--push", negatable = true, description = "Pushes the image to its registry, or does not.")
    private Boolean push;

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            converter = GateOption.class,
            description = "Gate instead of those in mlcicd.yml, such as 'image.bytes<=1e9'; repeatable.")
    private List<Map<String, Object>> gates;

    PackageCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void replace(Replacements replacements) {
        replacements
                .setPath("/package/model", model, "--model")
                .set("/package/image", image, "--image")
                .set("/package/base", base, "--base")
                .setPath("/package/output", tar, "--output")
                .set("/package/push", push, "--push")
                .set("/package/gates", gates, "--gate");
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.packageModel();
    }
}
