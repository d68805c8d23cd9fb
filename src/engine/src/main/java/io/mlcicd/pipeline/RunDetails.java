package io.mlcicd.pipeline;

import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.util.List;

/**
 * What a whole run adds to its result document.
 *
 * @param stages the result documents of the stages that ran, in their order
 * @param skipped the stages that did not run because an earlier one failed
 */
public record RunDetails(List<Result<?>> stages, List<Stage> skipped) {}
