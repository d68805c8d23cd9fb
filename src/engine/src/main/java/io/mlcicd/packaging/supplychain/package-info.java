/** What goes along with an image: its bill of materials, its provenance, and their signatures. */
package io.mlcicd.packaging.supplychain;
