package io.mlcicd.drift.service;

/**
 * One request of an access log.
 *
 * @param time seconds since 1970-01-01T00:00Z
 * @param status the answer's status
 * @param millis how long it took in milliseconds; NaN when the line does not say
 * @param path the request's path as logged; empty when the line does not say
 */
record LogLine(double time, int status, double millis, String path) {}
