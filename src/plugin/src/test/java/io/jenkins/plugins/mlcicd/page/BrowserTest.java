package io.jenkins.plugins.mlcicd.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.mlcicd.retrain.Proposals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every page of the plugin in Chromium: nothing of it is against the strictest policy, it fits a telephone's width, and it is
 * for people who use the keyboard or a screen reader, too.
 */
@WithJenkins
class BrowserTest {

    private static final int WIDE = 1280;

    /** Higher than most pages, for charts are drawn when they come into sight. */
    private static final int HIGH = 3000;

    private static final int TELEPHONE = 400;

    private static final int LOOKS = 50;

    private static final int MILLIS_BETWEEN_LOOKS = 100;

    private static JenkinsRule jenkins;
    private static Chromium browser;
    private static Tab tab;
    private static List<ModelPage> pages;

    /** What pages without anything of the plugin do against the policy: Jenkins' own inline styles. */
    private static final Set<String> PLAIN = new HashSet<>();

    @BeforeAll
    static void start(JenkinsRule rule, @TempDir Path temp) throws Exception {
        Optional<Path> program = Chromium.program();
        assumeTrue(program.isPresent(), "no Chromium is installed here, so pages are not looked at in a browser");
        Proposals.onlyWhenTold(true);
        jenkins = rule;
        browser = Chromium.start(program.get(), temp.resolve("profile"));
        tab = new Tab(browser);
        for (String url : ModelPages.plain(rule)) {
            tab.resize(WIDE, HIGH);
            tab.open(rule.getURL() + url);
            tab.violations().forEach(violation -> PLAIN.add(violation.what()));
        }
        pages = ModelPages.of(rule, temp);
    }

    @AfterAll
    static void stop() {
        Proposals.onlyWhenTold(false);
        if (browser != null) {
            browser.close();
        }
    }

    static List<ModelPage> pages() {
        return pages;
    }

    private static int width() {
        return tab.evaluate("document.scrollingElement.scrollWidth").asInt();
    }

    /** Charts follow the window when they get to it. */
    private static int settledWidth() throws InterruptedException {
        int width = width();
        for (int look = 0; look < LOOKS && width > TELEPHONE; look++) {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
            width = width();
        }
        return width;
    }

    private static void open(ModelPage page) throws Exception {
        tab.resize(WIDE, HIGH);
        tab.open(jenkins.getURL() + page.url());
        if (!page.next().isEmpty()) {
            tab.follow(page.next());
        }
    }

    private static List<Violation> violations(ModelPage page) {
        return tab.violations().stream().filter(each -> each.isOf(page, PLAIN)).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsForEverybodyAndUnderTheStrictestPolicy(ModelPage page) throws Exception {
        open(page);
        Reading reading = new Reading(tab, page.root());
        SoftAssertions all = new SoftAssertions();
        all.assertThat(reading.count()).as("parts of the plugin").isPositive();
        if (!page.charts().isEmpty()) {
            all.assertThat(drawn(page.charts())).as("charts that are drawn").isPositive();
        }
        all.assertThat(reading.nameless()).as("without a name").isEmpty();
        all.assertThat(reading.headless()).as("tables without headers").isEmpty();
        all.assertThat(reading.skipped())
                .as("levels of headings that are skipped")
                .isEmpty();
        all.assertThat(reading.mouseOnly()).as("for a mouse alone").isEmpty();
        all.assertThat(reading.unreached()).as("not reached by the keyboard").isEmpty();
        all.assertThat(violations(page)).as("against the policy").isEmpty();
        tab.resize(TELEPHONE, HIGH);
        int width = settledWidth();
        reading.hide();
        // What Jenkins draws around it may be wider.
        all.assertThat(width).as("its width on a telephone").isLessThanOrEqualTo(Math.max(TELEPHONE, width()));
        all.assertAll();
    }

    /** Charts of which at least a point is painted. */
    private static int drawn(String charts) {
        return tab.evaluate("""
                [...document.querySelectorAll("%s canvas")].filter((canvas) => canvas.getContext("2d")
                  .getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value !== 0)).length""".formatted(charts)).asInt();
    }

    @Test
    void violationsAreSeenAndToldApart() throws Exception {
        assertThat(PLAIN).as("Jenkins' own inline styles").anyMatch(each -> each.startsWith("style-src"));
        open(pages.get(0));
        tab.evaluate("""
                document.querySelector(".ml-cicd-report").insertAdjacentHTML("beforeend",
                  "<p style='color: red' onclick='alert()'>styled</p>")""");
        tab.evaluate("new Promise((then) => setTimeout(then, 100))");

        assertThat(violations(pages.get(0)))
                .extracting(Violation::directive)
                .containsOnly("style-src-attr", "script-src-attr");
    }

    /** Also where a form's fields cannot be told from Jenkins' own in the browser. */
    @Test
    void noMarkupHasAnInlineStyleOrScript() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            for (Path file :
                    (Iterable<Path>) files.filter(each -> each.toString().matches(".*\\.(jelly|html)"))::iterator) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContainPattern("<style|<script|\\s(style|on[a-z]+)=\"");
            }
        }
    }

    @Test
    void whatNobodyCanReadOrReachIsSeen() throws Exception {
        open(pages.get(0));
        tab.evaluate("""
                document.querySelector(".ml-cicd-report").insertAdjacentHTML("beforeend",
                  "<h6>deep</h6><a href='x'></a><table><tr><td>1</td></tr></table><div class='ml-cicd-mouse'>click</div>")""");
        tab.evaluate("document.querySelector('.ml-cicd-mouse').style.cursor = 'pointer'");
        tab.evaluate("document.querySelector('.ml-cicd-report').style.width = '500px'");
        Reading reading = new Reading(tab, pages.get(0).root());

        assertThat(reading.nameless()).hasSize(1);
        assertThat(reading.headless()).hasSize(1);
        assertThat(reading.skipped()).hasSize(1);
        assertThat(reading.mouseOnly()).hasSize(1);
        tab.resize(TELEPHONE, HIGH);
        assertThat(width()).isGreaterThan(TELEPHONE);
    }
}
