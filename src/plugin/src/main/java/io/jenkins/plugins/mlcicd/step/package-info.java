/** The five steps, their options and forms; each option is written once, for Pipeline and freestyle jobs alike. */
package io.jenkins.plugins.mlcicd.step;
