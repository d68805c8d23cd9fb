/** What a contract can promise, each kind of promise with how it is read, written, counted and told. */
package io.mlcicd.contract.rule;
