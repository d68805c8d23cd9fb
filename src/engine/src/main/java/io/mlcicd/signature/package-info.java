/** Signatures of images and of statements about them: made with a key in a file, kept beside the image, verified. */
package io.mlcicd.signature;
