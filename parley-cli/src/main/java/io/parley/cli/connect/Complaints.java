package io.parley.cli.connect;

/** Takes what went wrong, in one line each. */
@FunctionalInterface
interface Complaints {

    void add(String complaint);
}
