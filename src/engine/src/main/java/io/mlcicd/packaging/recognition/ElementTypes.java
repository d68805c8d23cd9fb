package io.mlcicd.packaging.recognition;

import java.util.List;

/** Names of the element types that formats number. */
final class ElementTypes {

    /** TensorProto.DataType of onnx.proto, from 0 on. */
    private static final List<String> ONNX = List.of(
            "undefined",
            "float32",
            "uint8",
            "int8",
            "uint16",
            "int16",
            "int32",
            "int64",
            "string",
            "bool",
            "float16",
            "float64",
            "uint32",
            "uint64",
            "complex64",
            "complex128",
            "bfloat16",
            "float8e4m3fn",
            "float8e4m3fnuz",
            "float8e5m2",
            "float8e5m2fnuz",
            "uint4",
            "int4",
            "float4e2m1");

    /** DataType of TensorFlow's types.proto, from 0 on. */
    private static final List<String> TENSORFLOW = List.of(
            "undefined",
            "float32",
            "float64",
            "int32",
            "uint8",
            "int16",
            "int8",
            "string",
            "complex64",
            "int64",
            "bool",
            "qint8",
            "quint8",
            "qint32",
            "bfloat16",
            "qint16",
            "quint16",
            "uint16",
            "complex128",
            "float16",
            "resource",
            "variant",
            "uint32",
            "uint64");

    private ElementTypes() {}

    static String onnx(long number) {
        return name(ONNX, number);
    }

    static String tensorFlow(long number) {
        return name(TENSORFLOW, number);
    }

    private static String name(List<String> names, long number) {
        return number >= 0 && number < names.size() ? names.get((int) number) : "type " + number;
    }
}
