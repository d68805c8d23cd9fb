package io.jenkins.plugins.mlcicd.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A browser's tab in which every page comes under a Content-Security-Policy as strict as it can be written. */
final class Tab {

    /**
     * Nothing inline, neither script nor style, no evaluated text, nothing from elsewhere; Content Security Policy Level 3. It
     * takes the place of the policy that Jenkins sends, which allows inline styles and images made of data.
     */
    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self' 'report-sample'",
            "style-src 'self' 'report-sample'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'");

    /** Notes each violation, and the element that it is about where the browser tells it. */
    private static final String NOTE = """
            window.violations = [];
            const within = (at, selector) => at instanceof Element && at.closest(selector) !== null;
            document.addEventListener("securitypolicyviolation", (event) => {
              const at = event.composedPath()[0];
              window.violations.push({
                directive: event.effectiveDirective,
                blocked: event.blockedURI,
                sample: event.sample,
                source: event.sourceFile,
                line: event.lineNumber,
                element: at instanceof Element ? at.outerHTML.slice(0, 300) : "",
                own: within(at, "[class*='ml-cicd']"),
                part: within(at, "[descriptorid*='mlcicd'], [name*='mlcicd']"),
                panel: within(at, "#main-panel"),
              });
            }, true);
            window.addEventListener("error", (event) => window.violations.push({
              directive: "script error", blocked: "", sample: event.message, source: event.filename,
              line: event.lineno, element: "",
            }));
            """;

    /** Headers of a body as it was sent, not as it is read. */
    private static final Set<String> ENCODED = Set.of("content-encoding", "content-length", "transfer-encoding");

    private final Chromium browser;
    private final String session;
    private volatile CompletableFuture<Void> quiet = new CompletableFuture<>();

    Tab(Chromium browser) {
        this.browser = browser;
        String target = browser.tell(
                        "", "Target.createTarget", Chromium.parameters().put("url", "about:blank"))
                .path("targetId")
                .asText();
        this.session = browser.tell(
                        "",
                        "Target.attachToTarget",
                        Chromium.parameters().put("targetId", target).put("flatten", true))
                .path("sessionId")
                .asText();
        browser.on("Fetch.requestPaused", this::underPolicy);
        browser.on("Page.lifecycleEvent", event -> {
            if (event.path("name").asText().equals("networkIdle")) {
                quiet.complete(null);
            }
        });
        tell("Page.enable", Chromium.parameters());
        tell("DOM.enable", Chromium.parameters());
        tell("Accessibility.enable", Chromium.parameters());
        tell("Page.setLifecycleEventsEnabled", Chromium.parameters().put("enabled", true));
        tell("Page.addScriptToEvaluateOnNewDocument", Chromium.parameters().put("source", NOTE));
        ObjectNode pages = Chromium.parameters();
        pages.putArray("patterns").addObject().put("resourceType", "Document").put("requestStage", "Response");
        tell("Fetch.enable", pages);
    }

    /**
     * Answers a page anew, under the other policy: a browser that is let go on with an answer has read its policy already.
     */
    private void underPolicy(JsonNode paused) {
        String id = paused.path("requestId").asText();
        int status = paused.path("responseStatusCode").asInt();
        boolean page = status != 0 && (status < 300 || status >= 400);
        if (!page) {
            browser.ask(session, "Fetch.continueRequest", Chromium.parameters().put("requestId", id));
            return;
        }
        ObjectNode answer = Chromium.parameters().put("requestId", id).put("responseCode", status);
        ArrayNode headers = answer.putArray("responseHeaders");
        paused.path("responseHeaders").forEach(header -> {
            String name = header.path("name").asText().toLowerCase(Locale.ROOT);
            if (!name.startsWith("content-security-policy") && !ENCODED.contains(name)) {
                headers.add(header);
            }
        });
        headers.addObject().put("name", "Content-Security-Policy").put("value", POLICY);
        browser.ask(session, "Fetch.getResponseBody", Chromium.parameters().put("requestId", id))
                .thenAccept(body -> {
                    String text = body.path("body").asText();
                    answer.put("body", body.path("base64Encoded").asBoolean() ? text : base64(text));
                    browser.ask(session, "Fetch.fulfillRequest", answer);
                });
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    JsonNode tell(String method, ObjectNode parameters) {
        return browser.tell(session, method, parameters);
    }

    /** The window's size in CSS pixels. */
    void resize(int width, int height) {
        tell(
                "Emulation.setDeviceMetricsOverride",
                Chromium.parameters()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
    }

    /** Opens a page and waits until nothing is loaded any more. */
    void open(String url) {
        quiet = new CompletableFuture<>();
        JsonNode answer = tell("Page.navigate", Chromium.parameters().put("url", url));
        if (answer.has("errorText")) {
            throw new IllegalStateException(
                    url + ": " + answer.path("errorText").asText());
        }
        Chromium.await(quiet, url);
    }

    /** Does something that leads to another page. */
    void follow(String script) {
        quiet = new CompletableFuture<>();
        evaluate(script);
        Chromium.await(quiet, script);
    }

    /** The value of an expression in the page. */
    JsonNode evaluate(String expression) {
        JsonNode answer = tell(
                "Runtime.evaluate",
                Chromium.parameters()
                        .put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** What the page has done against the policy so far. */
    List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        evaluate("window.violations").forEach(each -> violations.add(Violation.of(each)));
        return violations;
    }

    /** Presses the tabulator key. */
    void pressTab() {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            tell(
                    "Input.dispatchKeyEvent",
                    Chromium.parameters()
                            .put("type", type)
                            .put("key", "Tab")
                            .put("code", "Tab")
                            .put("windowsVirtualKeyCode", 9));
        }
    }

    /** What a screen reader is told of an element and all in it, by the accessibility tree. */
    List<JsonNode> spoken(String element) {
        String object = tell("Runtime.evaluate", Chromium.parameters().put("expression", element))
                .path("result")
                .path("objectId")
                .asText();
        List<JsonNode> nodes = new ArrayList<>();
        tell("Accessibility.queryAXTree", Chromium.parameters().put("objectId", object))
                .path("nodes")
                .forEach(nodes::add);
        return nodes;
    }

    /** The HTML of an element of the accessibility tree. */
    String markup(JsonNode spoken) {
        return tell("DOM.getOuterHTML", node(spoken)).path("outerHTML").asText();
    }

    /** Whether such an element is in one that the selector chooses. */
    boolean isWithin(JsonNode spoken, String selector) {
        String object = tell("DOM.resolveNode", node(spoken))
                .path("object")
                .path("objectId")
                .asText();
        return tell(
                        "Runtime.callFunctionOn",
                        Chromium.parameters()
                                .put("objectId", object)
                                .put(
                                        "functionDeclaration",
                                        "function() { return this.closest(\"" + selector + "\") !== null; }")
                                .put("returnByValue", true))
                .path("result")
                .path("value")
                .asBoolean();
    }

    private static ObjectNode node(JsonNode spoken) {
        return Chromium.parameters()
                .put("backendNodeId", spoken.path("backendDOMNodeId").asInt());
    }
}
