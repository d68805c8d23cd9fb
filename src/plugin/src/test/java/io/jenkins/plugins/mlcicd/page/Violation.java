package io.jenkins.plugins.mlcicd.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Something that a page's policy forbids.
 *
 * @param directive the directive that forbids it
 * @param cause what it is: the script's path or, when it stands in the page itself, its beginning; without what is different
 *     from page to page, so that the same violation of two pages is equal
 * @param element the element it is about; empty when the browser does not tell
 * @param script the script that did it; empty when the page itself did
 * @param own whether that element is in one that the plugin's own markup makes
 * @param part whether it is in a form of the plugin, which Jenkins' form library draws
 * @param panel whether it is in what Jenkins leaves to a page
 */
record Violation(
        String directive, String cause, String element, String script, boolean own, boolean part, boolean panel) {

    static Violation of(JsonNode event) {
        String source = event.path("source").asText();
        boolean script = source.endsWith(".js");
        // Jenkins puts a session's token before a file's name.
        String file = source.replaceFirst("^https?://[^/]*/jenkins/(static/[^/]*/|adjuncts/[^/]*/)?", "");
        return new Violation(
                event.path("directive").asText(),
                event.path("blocked").asText() + " " + event.path("sample").asText() + (script ? " in " + file : ""),
                event.path("element").asText(),
                script ? file : "",
                event.path("own").asBoolean(),
                event.path("part").asBoolean(),
                event.path("panel").asBoolean());
    }

    /**
     * Whether it is the plugin's: by an element or a script of its own; else, where the plugin has to do with the place or the
     * browser tells none, because no page of Jenkins alone has the like. What Jenkins' own scripts make of a page, such as its
     * menus, and what Jenkins and other plugins draw beside the plugin's part, is not the plugin's.
     *
     * @param page the page
     * @param plain what pages of Jenkins alone do
     */
    boolean isOf(ModelPage page, Set<String> plain) {
        if (own || script.contains("mlcicd")) {
            return true;
        }
        boolean concerned = element.isEmpty() ? !script.startsWith("jsbundles/") : page.isOwn() ? panel : part;
        return concerned && !plain.contains(what());
    }

    /** Directive and cause, by which two pages are compared. */
    String what() {
        return directive + ": " + cause;
    }
}
