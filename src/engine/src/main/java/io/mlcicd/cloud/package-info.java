/** Calls of clouds: signatures, credentials and APIs of AWS and Google Cloud. */
package io.mlcicd.cloud;
