/** How good a model's predictions are: metrics over all rows and over slices, held against gates and the champion. */
package io.mlcicd.evaluation;
