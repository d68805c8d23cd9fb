/** Data contracts: what a data set promises, whether it keeps it, and a first draft from what was seen. */
package io.mlcicd.contract;
