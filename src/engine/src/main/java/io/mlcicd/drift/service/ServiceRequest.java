package io.mlcicd.drift.service;

/**
 * What {@link ServiceWatch} is asked.
 *
 * @param source where the service's health is read
 */
public record ServiceRequest(ServiceSource source) {}
