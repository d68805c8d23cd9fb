/** Reading and writing documents: YAML with the line of every key, JSON, JSON Schemas, atomic files. */
package io.mlcicd.document;
