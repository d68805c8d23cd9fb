/** Starts what was packaged and asks it, before anybody else can get it. */
package io.mlcicd.packaging.check;
