package io.jenkins.plugins.mlcicd.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What stands in the way of people who use the keyboard or a screen reader; by WCAG 2.2, levels A and AA. */
final class Reading {

    /** The outermost elements of the plugin. */
    private static final String PARTS = """
            (() => { const all = [...document.querySelectorAll(%s)];
              return all.filter((each) => !all.some((other) => other !== each && other.contains(each))); })()""";

    /** What can be reached by the keyboard and is shown. */
    private static final String REACHABLE = """
            %s.flatMap((part) => [...part.querySelectorAll(
                "a[href], button, input, select, textarea, summary, [tabindex='0']")])
              .filter((each) => !each.disabled && each.type !== "hidden" && each.tabIndex >= 0)
              .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length > 0)
              // Of a group of radio buttons the keyboard reaches one.
              .filter((each) => each.type !== "radio" || each.checked)""";

    /** What answers to a mouse and is nothing that the keyboard reaches; SC 2.1.1. */
    private static final String MOUSE_ONLY = """
            %s.flatMap((part) => [...part.querySelectorAll("*")])
              .filter((each) => getComputedStyle(each).cursor === "pointer" && each.tagName !== "CANVAS")
              .filter((each) => each.closest("a[href], button, input, select, textarea, summary, label, [tabindex]") === null)
              .map((each) => each.outerHTML.slice(0, 160))""";

    private static final String TABLES = """
            %s.flatMap((part) => [...part.querySelectorAll("table")])
              .filter((table) => table.rows.length > 0 && table.querySelector("th, [role=rowheader]") === null)
              .map((table) => table.outerHTML.slice(0, 160))""";

    private static final String HEADINGS = """
            [...document.querySelectorAll("#main-panel :is(h1, h2, h3, h4, h5, h6)")]
              .filter((each) => each.checkVisibility()).map((each) => each.tagName + " " + each.textContent.trim())""";

    /** What Jenkins' form library draws around fields, and the choice of a kind of thing in it. */
    private static final String FORM = ".jenkins-form-item, .dropdownList-container, .repeated-chunk";

    private final Tab tab;
    private final String parts;

    Reading(Tab tab, String root) {
        this.tab = tab;
        this.parts = PARTS.formatted("\"" + root + "\"");
    }

    /** How many parts of the plugin there are. */
    int count() {
        return tab.evaluate(parts + ".length").asInt();
    }

    /**
     * Links, buttons, fields and pictures that a screen reader cannot name; SC 1.1.1, 2.4.4, 4.1.2. Fields of forms in
     * Jenkins' own frame for their title and help are left out: it names no field, neither the plugin's nor Jenkins' own.
     */
    List<String> nameless() {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            tab.spoken(parts + "[" + i + "]").stream()
                    .filter(node -> !node.path("ignored").asBoolean())
                    .filter(node -> focusable(node) || isPicture(node))
                    .filter(node -> node.path("name").path("value").asText().isBlank())
                    .filter(node -> !tab.isWithin(node, FORM))
                    .forEach(node -> found.add(shortened(tab.markup(node))));
        }
        return found;
    }

    private static String shortened(String markup) {
        return markup.substring(0, Math.min(200, markup.length()));
    }

    private static boolean focusable(JsonNode node) {
        for (JsonNode property : node.path("properties")) {
            if (property.path("name").asText().equals("focusable")) {
                return property.path("value").path("value").asBoolean();
            }
        }
        return false;
    }

    private static boolean isPicture(JsonNode node) {
        return Set.of("image", "img", "graphics-document", "Canvas")
                .contains(node.path("role").path("value").asText());
    }

    /** Takes all that is the plugin's out of sight. */
    void hide() {
        tab.evaluate(parts + ".forEach((part) => { part.style.display = 'none'; })");
    }

    /** What is operated with a mouse alone. */
    List<String> mouseOnly() {
        return texts(MOUSE_ONLY.formatted(parts));
    }

    /** Tables without a header; SC 1.3.1. */
    List<String> headless() {
        return texts(TABLES.formatted(parts));
    }

    /** Headings that are more than one level below the one before. */
    List<String> skipped() {
        List<String> found = new ArrayList<>();
        int before = 1;
        for (String heading : texts(HEADINGS)) {
            int level = heading.charAt(1) - '0';
            if (level > before + 1) {
                found.add(heading + " after h" + before);
            }
            before = level;
        }
        return found;
    }

    /** What pressing the tabulator key through the page does not come by; SC 2.1.1. */
    Set<String> unreached() {
        tab.evaluate("%s.forEach((each, i) => { each.dataset.reach = i; }); document.activeElement.blur()"
                .formatted(REACHABLE.formatted(parts)));
        Set<String> left = new LinkedHashSet<>();
        tab.evaluate("[...document.querySelectorAll('[data-reach]')].map((each) => each.dataset.reach)")
                .forEach(each -> left.add(each.asText()));
        int most = tab.evaluate(
                                "document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]').length")
                        .asInt()
                + left.size();
        for (int i = 0; i < most && !left.isEmpty(); i++) {
            tab.pressTab();
            left.remove(
                    tab.evaluate("document.activeElement?.dataset?.reach ?? ''").asText());
        }
        Set<String> found = new LinkedHashSet<>();
        left.forEach(each -> found.add(
                tab.evaluate("document.querySelector('[data-reach=\"" + each + "\"]').outerHTML.slice(0, 160)")
                        .asText()));
        return found;
    }

    private List<String> texts(String expression) {
        List<String> texts = new ArrayList<>();
        tab.evaluate(expression).forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
