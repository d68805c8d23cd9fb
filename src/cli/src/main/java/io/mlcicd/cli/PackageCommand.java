package io.mlcicd.cli;

import com.fasterxml.jackson.databind.node.NullNode;
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
        description =
                "Puts the model and its files into a container image; needs no Docker daemon unless asked to use one.",
        footer = {
            "  mlcicd package docs/examples/seattle-weather",
            "  mlcicd package --image localhost:5000/weather:1.1 --push --sign key.pem",
            "  mlcicd package --serve-check --push"
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
            names = "--serve-check",
            negatable = true,
            description = "Starts what was packaged and asks it before anything is pushed, or does not.")
    private Boolean serveCheck;

    @Option(names = "--builder", paramLabel = "NAME", description = "Who builds the image: daemonless or docker.")
    private String builder;

    @Option(names = "--dockerfile", paramLabel = "FILE", description = "Dockerfile to build from with Docker.")
    private Path dockerfile;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "What the image is for, such as linux/arm64; repeatable.")
    private List<String> platforms;

    @Option(names = "--sign", paramLabel = "FILE", description = "Private key in PEM that signs image and documents.")
    private Path key;

    @Option(
            names = "--sign-env",
            paramLabel = "NAME",
            description = "Instead of --sign: environment variable that holds the private key in PEM.")
    private String keyEnv;

    @Option(
            names = "--sign-password-env",
            paramLabel = "NAME",
            description = "Environment variable with the key's password.")
    private String passwordEnv;

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
                .set("/package/serveCheck", serveCheck, "--serve-check")
                .set("/package/builder", builder, "--builder")
                .setPath("/package/dockerfile", dockerfile, "--dockerfile")
                .set("/package/platforms", platforms, "--platform")
                .set("/package/platform", platforms == null ? null : NullNode.getInstance(), "--platform")
                .without(key, "--sign", "/package/sign/keyEnv")
                .without(keyEnv, "--sign-env", "/package/sign/key")
                .setPath("/package/sign/key", key, "--sign")
                .set("/package/sign/keyEnv", keyEnv, "--sign-env")
                .set("/package/sign/passwordEnv", passwordEnv, "--sign-password-env")
                .set("/package/gates", gates, "--gate");
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.packageModel();
    }
}
