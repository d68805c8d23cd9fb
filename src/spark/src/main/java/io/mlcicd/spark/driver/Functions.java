package io.mlcicd.spark.driver;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.UDFRegistration;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;

/** What Spark SQL has no function for. */
final class Functions {

    private Functions() {}

    static void register(SparkSession spark) {
        UDFRegistration udf = spark.udf();
        udf.register("mlcicd_is_json", (UDF1<String, Boolean>) JsonText::isJson, DataTypes.BooleanType);
        udf.register("mlcicd_parsed_time", (UDF2<String, String, String>) TimeFormats::parsed, DataTypes.StringType);
        udf.register("mlcicd_divide", (UDF2<Double, Double, Double>) Scalars::divide, DataTypes.DoubleType);
        udf.register("mlcicd_floor", (UDF1<Double, Double>) Scalars::floor, DataTypes.DoubleType);
        udf.register("mlcicd_ceil", (UDF1<Double, Double>) Scalars::ceil, DataTypes.DoubleType);
        udf.register("mlcicd_ln", (UDF1<Double, Double>) Scalars::ln, DataTypes.DoubleType);
        udf.register("mlcicd_log10", (UDF1<Double, Double>) Scalars::log10, DataTypes.DoubleType);
        udf.register("mlcicd_round", (UDF2<Double, Integer, Double>) Scalars::round, DataTypes.DoubleType);
        udf.register("mlcicd_substring", (UDF3<String, Long, Long, String>) Scalars::substring, DataTypes.StringType);
    }
}
