package io.parley.websocket.client;

/** Who one is for a server or a proxy. */
record Credentials(String user, String password) {

    @Override
    public String toString() {
        return "Credentials[" + user + "]"; // without the password
    }
}
