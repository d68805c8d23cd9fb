package io.jenkins.plugins.mlcicd.page;

/**
 * A page on which there is something of the plugin.
 *
 * @param name for people
 * @param url relative to Jenkins' own
 * @param root selects what of the page is the plugin's
 * @param charts selects where charts are drawn; empty when there are none
 * @param next does in the page what leads to the one that is meant; empty when it is the page itself
 */
record ModelPage(String name, String url, String root, String charts, String next) {

    /** Selects what Jenkins leaves to a page. */
    static final String OWN = "#main-panel";

    ModelPage(String name, String url, String root, String charts) {
        this(name, url, root, charts, "");
    }

    ModelPage following(String script) {
        return new ModelPage(name, url, root, charts, script);
    }

    /** Whether all of it is the plugin's. */
    boolean isOwn() {
        return root.equals(OWN);
    }

    @Override
    public String toString() {
        return name;
    }
}
