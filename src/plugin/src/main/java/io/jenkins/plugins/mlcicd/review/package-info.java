/** What a reviewer of a build asks: what is new against the champion, and where all of it comes from. */
package io.jenkins.plugins.mlcicd.review;
