/** All pages in a real browser: its security policy, narrow screens, the keyboard and screen readers. */
package io.jenkins.plugins.mlcicd.page;
