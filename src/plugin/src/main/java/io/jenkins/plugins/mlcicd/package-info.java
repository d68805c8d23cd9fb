/** The Jenkins plugin of ml-cicd: a thin adapter that lets Jenkins ask the engine and shows what it answers. */
package io.jenkins.plugins.mlcicd;
