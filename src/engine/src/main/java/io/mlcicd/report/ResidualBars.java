package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import java.util.List;

/** How the errors of a regression spread, as bars with their numbers. */
final class ResidualBars {

    private ResidualBars() {}

    static Markup draw(List<ResidualBin> bins) {
        if (bins.isEmpty()) {
            return Markup.NONE;
        }
        double width = bins.get(0).to() - bins.get(0).from();
        Digits digits = Digits.of(-width, width);
        List<Bars.Bar> bars = bins.stream()
                .map(bin -> new Bars.Bar(
                        digits.text(bin.from()) + " to " + digits.text(bin.to()),
                        bin.rows(),
                        Numbers.amount(bin.rows())))
                .toList();
        return Markup.join(List.of(
                element("h3", "Errors (prediction minus label)"),
                Bars.draw("Rows by error; positive where predictions are too high", bars, 0)));
    }
}
