package io.jenkins.plugins.mlcicd.result;

import hudson.Extension;
import hudson.model.InvisibleAction;
import hudson.model.RootAction;
import io.mlcicd.operation.Tool;
import io.mlcicd.report.HtmlReport;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kohsuke.stapler.StaplerResponse2;

/** Serves the report's style sheet, confined to the report, as a file: Jenkins' pages allow no inline style. */
@Extension
public final class ReportStyle extends InvisibleAction implements RootAction {

    private static final int DAY = 86_400;

    @Override
    public String getUrlName() {
        return "ml-cicd-report";
    }

    /** The URL, relative to Jenkins' own, under which a browser may keep this version's style sheet. */
    public static String url() {
        return "ml-cicd-report/style?version=" + Tool.current().version();
    }

    /** The style sheet. */
    public void doStyle(StaplerResponse2 response) throws IOException {
        response.setContentType("text/css;charset=UTF-8");
        response.setHeader("Cache-Control", "private, max-age=" + DAY);
        response.setStatus(HttpServletResponse.SC_OK);
        response.getWriter().write(".ml-cicd-report {\n" + HtmlReport.stylesheet() + "}\n");
    }
}
