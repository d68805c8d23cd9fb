package io.mlcicd.evaluation;

import io.mlcicd.evaluation.EvaluationDetails.TestSuite;
import io.mlcicd.operation.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A report in the XML that JUnit's Ant task began and pytest, Surefire, GoogleTest and others write: suites, which may hold
 * suites, of test cases. It is streamed, and nothing outside of the file is ever read.
 */
final class JUnitReport {

    private static final int SHOWN = 200;

    private final NamedFile file;
    private final XMLStreamReader xml;
    private final Deque<SuiteCount> open = new ArrayDeque<>();
    private final List<TestSuite> suites = new ArrayList<>();

    private JUnitReport(NamedFile file, XMLStreamReader xml) {
        this.file = file;
        this.xml = xml;
    }

    /**
     * The suites that have tests, in the order of their ends in the file.
     *
     * @throws InvalidInputException when the file is missing or no such report; the message names file, line and column
     */
    static List<TestSuite> read(NamedFile file) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file.path()))) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            try {
                return new JUnitReport(file, xml).report();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw broken(file, e);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file.shown() + " does not exist", e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file.shown() + ": " + e.getMessage(), e);
        }
    }

    private static InvalidInputException broken(NamedFile file, XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        String problem = message.substring(message.indexOf("Message: ") < 0 ? 0 : message.indexOf("Message: ") + 9);
        String where = e.getLocation() == null
                ? ""
                : ":" + e.getLocation().getLineNumber() + ":" + e.getLocation().getColumnNumber();
        return new InvalidInputException(
                "%s%s: not well-formed XML: %s".formatted(file.shown(), where, problem.strip()), e);
    }

    private List<TestSuite> report() throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw error("has a document type, which no test report needs and which is never read");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                element(xml.getLocalName());
            } else if (event == XMLStreamConstants.END_ELEMENT && isSuite(xml.getLocalName())) {
                close();
            }
        }
        return suites;
    }

    private void element(String name) throws XMLStreamException {
        if (open.isEmpty() && !isSuite(name)) {
            throw error("is no JUnit XML: its root is <%s>, not <testsuites> or <testsuite>".formatted(name));
        }
        if (isSuite(name)) {
            open.push(new SuiteCount(
                    attribute("name").isEmpty() ? file.shown() : shorten(attribute("name")),
                    count("failures"),
                    count("errors"),
                    seconds("time")));
        } else if (name.equals("testcase")) {
            testCase();
        }
    }

    private static boolean isSuite(String name) {
        return name.equals("testsuite") || name.equals("testsuites");
    }

    private void close() {
        SuiteCount suite = open.pop();
        suite.settle();
        if (!open.isEmpty()) {
            open.peek().contain(suite);
        }
        if (suite.isWorthTelling()) {
            suites.add(suite.result());
        }
    }

    private void testCase() throws XMLStreamException {
        String className = attribute("classname");
        String name = shorten(className.isEmpty() ? attribute("name") : className + "." + attribute("name"));
        double seconds = seconds("time");
        boolean skipped = "notrun".equals(attribute("status"));
        boolean failed = false;
        Optional<String> why = Optional.empty();
        while (xml.next() != XMLStreamConstants.END_ELEMENT
                || !xml.getLocalName().equals("testcase")) {
            String inner = xml.isStartElement() ? xml.getLocalName() : "";
            switch (inner) {
                case "failure", "error" -> {
                    failed |= inner.equals("failure");
                    why = Optional.of(why.isPresent() ? why.get() : reason());
                }
                case "skipped" -> skipped = true;
                default -> {
                    // Output, properties, and earlier tries of a test do not decide what came of it.
                }
            }
        }
        SuiteCount suite = open.element();
        suite.took(seconds);
        if (why.isPresent()) {
            suite.broken(failed, why.get().isEmpty() ? name : name + ": " + why.get());
        } else if (skipped) {
            suite.skipped();
        } else {
            suite.passed();
        }
    }

    /** The first line of what the failure says, else its type; the reader is left within the failure. */
    private String reason() throws XMLStreamException {
        String message = firstLine(attribute("message"));
        if (!message.isEmpty()) {
            return message;
        }
        String type = shorten(attribute("type"));
        StringBuilder text = new StringBuilder();
        xml.next();
        while (xml.isCharacters() && firstLine(text.toString()).length() <= SHOWN) {
            text.append(xml.getText());
            xml.next();
        }
        String line = firstLine(text.toString());
        return line.isEmpty() ? type : line;
    }

    private String attribute(String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private int count(String name) {
        String text = attribute(name).strip();
        if (!text.matches("[0-9]{0,9}")) {
            throw error("has %s=\"%s\", which is no number".formatted(name, shorten(text)));
        }
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    /** Surefire groups the digits of long times. */
    private double seconds(String name) {
        String text = attribute(name).replace(",", "").strip();
        return text.matches("[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?") ? Double.parseDouble(text) : 0;
    }

    private InvalidInputException error(String problem) {
        return new InvalidInputException("%s:%d:%d: %s"
                .formatted(
                        file.shown(),
                        xml.getLocation().getLineNumber(),
                        xml.getLocation().getColumnNumber(),
                        problem));
    }

    private static String firstLine(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(JUnitReport::shorten)
                .orElse("");
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }
}
