package io.parley.engineio.server;

/** A transport that can take over a session which began over polling, see {@link Upgrade}. */
interface ProbingTransport extends Transport {

    /** The probe has succeeded: what comes from the client is the session's from now on. */
    void endProbe();
}
