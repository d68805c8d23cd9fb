package io.mlcicd.packaging;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the image is to be called, where it is to go and what it is to run on.
 *
 * @param name its name with a tag
 * @param platforms what runs it, none of them twice
 */
record ImageTarget(ImageReference name, List<Platform> platforms) {

    private static final Pattern PLATFORM = Pattern.compile("(?<os>[a-z0-9]+)/(?<architecture>[a-z0-9_]+)");

    /**
     * Understands the request's image, destination, environment and platform.
     *
     * @throws InvalidInputException when one of them is missing or malformed
     */
    static ImageTarget of(PackagingRequest request) {
        if (request.output().isEmpty() && !request.push()) {
            throw new InvalidInputException("the image would go nowhere: give a file for its tarball, or push it");
        }
        if (request.output().filter(Files::isDirectory).isPresent()) {
            throw new InvalidInputException("output: '%s' is a folder; name a file for the image's tarball"
                    .formatted(request.output().get()));
        }
        request.env().keySet().stream()
                .filter(name -> name.isBlank() || name.contains("="))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidInputException("env: '%s' cannot be the name of a variable".formatted(name));
                });
        List<Platform> platforms = request.platforms().stream()
                .distinct()
                .map(ImageTarget::platform)
                .toList();
        if (platforms.isEmpty()) {
            throw new InvalidInputException("platforms: the image is for no platform; write one, such as linux/amd64");
        }
        return new ImageTarget(name(request.image()), platforms);
    }

    private static ImageReference name(String image) {
        ImageReference name;
        try {
            name = ImageReference.parse(image);
        } catch (InvalidImageReferenceException e) {
            throw new InvalidInputException(
                    ("image: '%s' is not an image's name; write [registry[:port]/]repository[:tag], in lower case, such as"
                                    + " registry.example/weather:1.0")
                            .formatted(image),
                    e);
        }
        if (name.getDigest().isPresent() || name.isScratch()) {
            throw new InvalidInputException(
                    "image: '%s' cannot be given to an image that is yet to be built; write repository[:tag]"
                            .formatted(image));
        }
        return name;
    }

    private static Platform platform(String platform) {
        Matcher matcher = PLATFORM.matcher(platform);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "platform: '%s' must be os/architecture, such as linux/amd64 or linux/arm64".formatted(platform));
        }
        return new Platform(matcher.group("architecture"), matcher.group("os"));
    }

    /** The name that will always mean the image of this digest. */
    String pinned(Digest digest) {
        return name.withQualifier(digest.value()).toStringWithQualifier();
    }

    /** The name without its tag, with the registry's address. */
    String repository() {
        return name.getRegistry() + "/" + name.getRepository();
    }
}
