/** Contracts that people already have: what other tools' files ask of data, said as a contract of ours. */
package io.mlcicd.contract.imports;
