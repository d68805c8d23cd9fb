package io.mlcicd.spark.driver;

/** Functions of values as the engine in our own process computes them, where Spark's of the same name differ. */
final class Scalars {

    private Scalars() {}

    /** A quotient of doubles (IEEE 754): by zero it is infinite or not a number, where Spark ends the query. */
    static Double divide(Double dividend, Double divisor) {
        return dividend == null || divisor == null ? null : dividend / divisor;
    }

    static Double floor(Double value) {
        return value == null ? null : Math.floor(value);
    }

    static Double ceil(Double value) {
        return value == null ? null : Math.ceil(value);
    }

    /** Of zero it is infinite, and of what is below not a number, where Spark has NULL. */
    static Double ln(Double value) {
        return value == null ? null : Math.log(value);
    }

    static Double log10(Double value) {
        return value == null ? null : Math.log10(value);
    }

    /** Rounds half away from zero; negative digits are those before the point. */
    static Double round(Double value, Integer digits) {
        if (value == null || digits == null) {
            return null;
        }
        double scale = Math.pow(10, Math.abs(digits));
        double scaled = digits < 0 ? value / scale : value * scale;
        double whole = Math.copySign(Math.floor(Math.abs(scaled)), scaled);
        double rounded = Math.abs(scaled - whole) >= 0.5 ? whole + Math.copySign(1, scaled) : whole;
        double result = digits < 0 ? rounded * scale : rounded / scale;
        return Double.isFinite(result) ? result : value;
    }

    /** Part of a text, in characters; a start of 0 is the place before the first, a negative one counts from the end. */
    static String substring(String text, Long start, Long length) {
        if (text == null || start == null || length == null || length == 0) {
            return text == null || start == null || length == null ? null : "";
        }
        long size = text.codePointCount(0, text.length());
        long wanted = start == 0 ? length - 1 : length;
        if (start == 0 && wanted <= 0) {
            return "";
        }
        long begin = start > 0 ? start - 1 : start < 0 ? size + start : 0;
        long from = Math.max(0, Math.min(size, wanted > 0 ? begin : begin + wanted));
        long to = Math.max(from, Math.min(size, wanted > 0 ? begin + wanted : begin));
        return text.substring(text.offsetByCodePoints(0, (int) from), text.offsetByCodePoints(0, (int) to));
    }
}
