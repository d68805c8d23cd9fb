package io.mlcicd.config;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.signature.SigningKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Private keys that sections {@code sign} name. */
final class SigningKeys {

    private SigningKeys() {}

    /**
     * Opens the key that a section names.
     *
     * @param pointer where the section stands
     * @throws InvalidInputException when there is no such key, or its password is wrong
     */
    static SigningKey of(Project project, String pointer, PackageKeys.Sign sign, Function<String, String> environment) {
        if (sign.key().isPresent() == sign.keyEnv().isPresent()) {
            throw project.error(
                    pointer,
                    "needs either 'key', the file with the private key, or 'keyEnv', the environment variable that holds it");
        }
        Optional<String> password =
                sign.passwordEnv().map(name -> Variables.require(project, pointer + "/passwordEnv", name, environment));
        // Without another name, the variable in which cosign itself looks for it; an empty password is one, too.
        Optional<String> cosigns = Optional.ofNullable(environment.apply("COSIGN_PASSWORD"));
        if (sign.key().isPresent()) {
            Path file = project.resolve(sign.key().get());
            return SigningKey.read(file, password.or(() -> cosigns.filter(any -> SigningKey.isOfCosign(file))));
        }
        String variable = sign.keyEnv().orElseThrow();
        String text = Variables.require(project, pointer + "/keyEnv", variable, environment);
        return SigningKey.parse(
                text,
                "the environment variable " + variable,
                password.or(() -> cosigns.filter(any -> SigningKey.isOfCosign(text))));
    }
}
