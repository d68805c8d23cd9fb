/** Licences of the libraries that go into an image. */
package io.mlcicd.packaging.licence;
