package io.jenkins.plugins.mlcicd.retrain;

import hudson.model.ChoiceParameterDefinition;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.SimpleParameterDefinition;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.document.Spelling;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parameters for a retraining build, one {@code name=value} a line, held against what the job declares. */
final class RetrainParameters {

    private RetrainParameters() {}

    /**
     * The parameters of a build; those that are not given have the job's defaults.
     *
     * @throws InvalidInputException when the job has no such parameter, or not of that value, or it is a secret
     */
    static Optional<ParametersAction> of(Job<?, ?> job, String lines) {
        Map<String, String> given = parse(lines);
        ParametersDefinitionProperty declared = job.getProperty(ParametersDefinitionProperty.class);
        List<ParameterDefinition> definitions = declared == null ? List.of() : declared.getParameterDefinitions();
        List<String> names =
                definitions.stream().map(ParameterDefinition::getName).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw new InvalidInputException(Messages.RetrainParameters_unknown(
                        job.getFullName(), name, Spelling.hint(name, names), String.join(", ", names)));
            }
        }
        if (definitions.isEmpty()) {
            return Optional.empty();
        }
        List<ParameterValue> values = new ArrayList<>();
        for (ParameterDefinition definition : definitions) {
            String text = given.get(definition.getName());
            ParameterValue value = text == null ? definition.getDefaultParameterValue() : value(definition, text);
            if (value != null) {
                values.add(value);
            }
        }
        return Optional.of(new ParametersAction(values));
    }

    private static ParameterValue value(ParameterDefinition definition, String text) {
        if (definition instanceof PasswordParameterDefinition) {
            throw new InvalidInputException(Messages.RetrainParameters_secret(definition.getName()));
        }
        if (!(definition instanceof SimpleParameterDefinition simple)) {
            throw new InvalidInputException(Messages.RetrainParameters_notText(definition.getName()));
        }
        if (definition instanceof ChoiceParameterDefinition choice
                && !choice.getChoices().contains(text)) {
            throw new InvalidInputException(Messages.RetrainParameters_noChoice(
                    text, definition.getName(), String.join(", ", choice.getChoices())));
        }
        ParameterValue value = simple.createValue(text);
        if (value.isSensitive()) {
            throw new InvalidInputException(Messages.RetrainParameters_secret(definition.getName()));
        }
        if (!definition.isValid(value)) {
            throw new InvalidInputException(Messages.RetrainParameters_badValue(text, definition.getName()));
        }
        return value;
    }

    private static Map<String, String> parse(String lines) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String line : lines.lines().map(String::trim).toList()) {
            if (line.isEmpty()) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new InvalidInputException(Messages.RetrainParameters_noPair(line));
            }
            given.put(line.substring(0, equals).trim(), line.substring(equals + 1));
        }
        return given;
    }
}
