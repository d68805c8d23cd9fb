/** The result documents of a build: kept beside it, shown on its page, offered over REST. */
package io.jenkins.plugins.mlcicd.result;
