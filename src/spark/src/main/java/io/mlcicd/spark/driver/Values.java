package io.mlcicd.spark.driver;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import scala.collection.Seq;

/** Spark's values as those that go over the wire: whole numbers as longs, dates and timestamps as ISO text in UTC. */
final class Values {

    private Values() {}

    static Object plain(Object value) {
        if (value == null || value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return value;
        }
        if (value instanceof BigDecimal decimal) {
            return plain(decimal);
        }
        if (value instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? (Object) big.longValue() : (Object) big.doubleValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Timestamp timestamp) {
            return iso(timestamp.toInstant());
        }
        if (value instanceof Instant instant) {
            return iso(instant);
        }
        if (value instanceof Date date) {
            return date.toLocalDate().toString();
        }
        if (value instanceof Seq<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                items.add(plain(list.apply(i)));
            }
            return items;
        }
        return value.toString();
    }

    private static Object plain(BigDecimal decimal) {
        if (decimal.scale() > 0) {
            return decimal.doubleValue();
        }
        BigInteger whole = decimal.toBigInteger();
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : (Object) whole.doubleValue();
    }

    private static String iso(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    /** A number as a double; NaN where there is none. */
    static double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return value instanceof Boolean truth && truth ? 1 : value == null ? Double.NaN : 0;
    }
}
