package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.contract.ContractedData;
import io.mlcicd.contract.ValidateData;
import io.mlcicd.contract.ValidationRequest;
import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class JUnitXmlTest {

    @TempDir
    private Path folder;

    private Document junit(String csv, String contract) throws Exception {
        Path data = Files.writeString(folder.resolve("train.csv"), csv);
        Path rules = Files.writeString(folder.resolve("contract.yml"), contract);
        Result<?> result = new ValidateData()
                .run(
                        new ValidationRequest(
                                Optional.empty(), List.of(new ContractedData(DataSource.of("train", data), rules))),
                        Progress.NONE);
        String xml = JUnitXml.of(ResultDocuments.of(Json.mapper().valueToTree(result), "the result", JsonNode.class));
        return parse(xml);
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void eachCheckIsATestAndABrokenOneAFailureWithItsRows() throws Exception {
        Document xml = junit("age,sky\n1,sun\n900,<&\n-3,x\n", """
                contract: c
                rows: { min: 1 }
                columns:
                  age: { type: integer, min: 0, max: 150 }
                  sky: { type: string, values: [sun], criticality: NOTE }
                """);
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("name")).isEqualTo("train");
        assertThat(suite.getAttribute("tests")).isEqualTo("5");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        NodeList failures = xml.getElementsByTagName("failure");
        assertThat(failures.getLength()).isEqualTo(1);
        Element failure = (Element) failures.item(0);
        Element test = (Element) failure.getParentNode();
        assertThat(test.getAttribute("classname")).isEqualTo("train.age");
        assertThat(test.getAttribute("name")).isEqualTo("range: 0..150");
        assertThat(failure.getAttribute("message"))
                .isEqualTo("2 values outside 0..150 (67 % of 3 rows), such as 900 in row 2");
        assertThat(failure.getTextContent()).contains("row 2: 900", "row 3: -3");
        assertThat(xml.getElementsByTagName("system-out").item(0).getTextContent())
                .contains("row 2: <&");
    }

    @Test
    void whatNoXmlMayHoldIsReplaced() throws Exception {
        Document xml = junit("a\nbell\u0007\n", "contract: c\ncolumns:\n  a: { type: string, pattern: b }\n");
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent()).contains("bell\uFFFD");
    }

    private static Element test(Document xml, String owner) {
        NodeList tests = xml.getElementsByTagName("testcase");
        for (int i = 0; i < tests.getLength(); i++) {
            Element test = (Element) tests.item(i);
            if (test.getAttribute("classname").equals(owner)) {
                return test;
            }
        }
        throw new AssertionError("no test of " + owner);
    }

    @Test
    void aBehaviouralTestIsATestOfItsOwnAndAGateSaysItsBound() throws Exception {
        Document xml = parse(JUnitXml.of(EvaluationDocuments.binary()));

        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        assertThat(test(xml, "evaluate.accuracy").getAttribute("name")).isEqualTo("accuracy lower95 min 0.7500");
        assertThat(test(xml, "evaluate.f1").getElementsByTagName("failure").getLength())
                .isEqualTo(1);
        Element typos = test(xml, "behaviour.typos");
        assertThat(typos.getAttribute("name")).isEqualTo("typos: the change must not matter");
        Element failure = (Element) typos.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("type")).isEqualTo("UNSTABLE");
        assertThat(failure.getAttribute("message")).isEqualTo("behaviour.typos is 0.9600, must be at least 1");
        assertThat(failure.getTextContent()).isEqualTo("96 of 100 rows behave\nrow 3: 'rian' got sun, 'rain' rain");
        assertThat(((Element) typos.getParentNode()).getAttribute("name")).isEqualTo("behaviour");
    }
}
