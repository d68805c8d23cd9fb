package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.contract.Check;
import io.mlcicd.contract.ValidationDetails;
import io.mlcicd.evaluation.EvaluationDetails.Behaviour;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Results as JUnit XML, which CI systems show as tests: each check of a contract is a test, of an evaluation each
 * behavioural test, and of all other stages and metrics each gate. What is broken but only to be noted passes, with its
 * message as output.
 */
public final class JUnitXml {

    private JUnitXml() {}

    /** A test and what came of it. */
    private record Test(
            String suite,
            String owner,
            String name,
            Outcome outcome,
            Criticality criticality,
            String message,
            String details) {}

    /** The document's checks or gates as tests; of a whole run, those of its stages. */
    public static String of(Result<JsonNode> document) {
        List<Test> tests = HtmlReport.unfold(document)
                .flatMap(stage -> (stage.stage() == Stage.VALIDATE ? checks(stage) : gates(stage)).stream())
                .toList();
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "ml-cicd " + document.stage().key());
            for (String suite : tests.stream().map(Test::suite).distinct().toList()) {
                suite(
                        xml,
                        suite,
                        tests.stream()
                                .filter(test -> test.suite().equals(suite))
                                .toList(),
                        document);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text in memory cannot fail to be written", e);
        }
        return out.append('\n').toString();
    }

    private static List<Test> checks(Result<JsonNode> document) {
        ValidationDetails details = StageSections.bind(document.details(), ValidationDetails.class);
        List<Test> tests = new ArrayList<>();
        details.data().forEach(data -> tests.addAll(checks(data.name(), data.checks())));
        details.results().forEach(found -> tests.addAll(checks(found.name(), found.checks())));
        return tests;
    }

    private static List<Test> checks(String dataSet, List<Check> checks) {
        List<Test> tests = new ArrayList<>();
        for (Check check : checks) {
            String subject = check.columns().isEmpty() ? "data set" : String.join(", ", check.columns());
            StringBuilder details = new StringBuilder("expected: " + check.expected() + "\nfound: " + check.observed());
            check.examples()
                    .forEach(example -> details.append("\nrow ")
                            .append(example.row())
                            .append(": ")
                            .append(example.value().orElse("null")));
            tests.add(new Test(
                    dataSet,
                    dataSet + "." + subject.replace('.', '_'),
                    check.name().orElse(check.kind()) + ": " + check.expected(),
                    check.outcome(),
                    check.criticality(),
                    check.observed(),
                    details.toString()));
        }
        return tests;
    }

    private static List<Test> gates(Result<JsonNode> document) {
        List<Test> tests = new ArrayList<>();
        Set<String> told = new HashSet<>();
        if (document.stage() == Stage.EVALUATE) {
            Evaluation evaluation = Evaluation.of(document);
            for (Behaviour behaviour : evaluation.details().behaviour()) {
                told.add(BehaviourTable.metric(behaviour));
                tests.add(test(evaluation, behaviour));
            }
        }
        document.gates().stream()
                .filter(gate -> !told.contains(gate.gate().metric()))
                .map(gate -> test(document.stage().key(), gate))
                .forEach(tests::add);
        return tests;
    }

    private static Test test(String stage, GateResult result) {
        Gate gate = result.gate();
        String slice = result.sliceValue()
                .map(value -> " where " + gate.slice().orElseThrow() + " = " + value)
                .orElse("");
        String bound = gate.bound().map(limit -> " " + limit).orElse("");
        return new Test(
                stage,
                stage + "." + gate.metric().replace('.', '_'),
                gate.metric() + bound + " " + gate.comparison().key() + " " + Numbers.plain(gate.threshold()) + slice,
                result.outcome(),
                gate.criticality(),
                result.message(),
                result.message());
    }

    /** Its gates decide; where it has none, rows that do not behave are noted. */
    private static Test test(Evaluation evaluation, Behaviour behaviour) {
        Optional<GateResult> failed = evaluation.document().gates().stream()
                .filter(gate -> gate.gate().metric().equals(BehaviourTable.metric(behaviour)))
                .filter(gate -> gate.outcome() == Outcome.FAILED)
                .max(Comparator.comparing(gate -> gate.gate().criticality()));
        String rows = Numbers.plain(behaviour.passed()) + " of " + Numbers.count(behaviour.rows(), "row") + " behave";
        return new Test(
                "behaviour",
                "behaviour." + behaviour.name().replace('.', '_'),
                behaviour.name() + ": " + BehaviourTable.expected(behaviour),
                BehaviourTable.outcome(evaluation, behaviour),
                failed.map(gate -> gate.gate().criticality()).orElse(Criticality.NOTE),
                failed.map(GateResult::message).orElse(rows),
                rows + "\n" + String.join("\n", behaviour.examples()));
    }

    private static void suite(XMLStreamWriter xml, String name, List<Test> tests, Result<JsonNode> document)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", legal(name));
        xml.writeAttribute("tests", String.valueOf(tests.size()));
        xml.writeAttribute("failures", count(tests.stream().filter(JUnitXml::fails)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", count(tests.stream().filter(test -> test.outcome() == Outcome.SKIPPED)));
        xml.writeAttribute("timestamp", document.started().toString().replaceAll("\\..*|Z$", ""));
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", document.seconds()));
        for (Test test : tests) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", legal(test.owner()));
            xml.writeAttribute("name", legal(test.name()));
            xml.writeAttribute("time", "0");
            outcome(xml, test);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void outcome(XMLStreamWriter xml, Test test) throws XMLStreamException {
        if (test.outcome() == Outcome.SKIPPED) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", legal(test.message()));
        } else if (fails(test)) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", legal(test.message()));
            xml.writeAttribute("type", test.criticality().name());
            xml.writeCharacters(legal(test.details()));
            xml.writeEndElement();
        } else if (test.outcome() == Outcome.FAILED) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(legal(test.details()));
            xml.writeEndElement();
        }
    }

    private static boolean fails(Test test) {
        return test.outcome() == Outcome.FAILED && test.criticality() != Criticality.NOTE;
    }

    private static String count(Stream<Test> tests) {
        return String.valueOf(tests.count());
    }

    /** Data may hold characters that no XML document may. */
    private static String legal(String text) {
        return text.codePoints()
                .map(c -> c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || (c >= 0x20 && c <= 0xD7FF)
                                || (c >= 0xE000 && c <= 0xFFFD)
                                || c >= 0x10000
                        ? c
                        : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
