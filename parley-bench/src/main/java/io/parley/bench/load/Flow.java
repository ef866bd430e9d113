package io.parley.bench.load;

import java.io.IOException;
import java.util.List;

/**
 * When clients send: a closed loop, in which what is on the way is bounded and the server is never without work.
 *
 * <p><b>Threading.</b> Confined to the thread of its {@link Load}.
 */
interface Flow {

    /** Sends the first messages. */
    void start(List<Client> clients) throws IOException;

    /** Answers what has come to one client. */
    void received(Client client, int messages) throws IOException;

    /** Each client has {@code window} messages on the way, and sends one for each that comes back. */
    static Flow echo(int window) {
        return new Flow() {
            @Override
            public void start(List<Client> clients) throws IOException {
                for (Client client : clients) {
                    client.send(window);
                }
            }

            @Override
            public void received(Client client, int messages) throws IOException {
                client.send(messages);
            }
        };
    }

    /** One message of each client, and no more. */
    static Flow once() {
        return new Flow() {
            @Override
            public void start(List<Client> clients) throws IOException {
                for (Client client : clients) {
                    client.send(1);
                }
            }

            @Override
            public void received(Client client, int messages) {}
        };
    }

    /** Nothing more. */
    static Flow silence() {
        return new Flow() {
            @Override
            public void start(List<Client> clients) {}

            @Override
            public void received(Client client, int messages) {}
        };
    }

    /** The first client sends: {@code window} messages are on the way to everybody. */
    static Flow broadcast(int window) {
        return new Broadcast(window);
    }

    /** Counts deliveries, and sends when as many are in as one message makes. */
    final class Broadcast implements Flow {

        private final int window;
        private List<Client> clients = List.of();
        private int unanswered; // deliveries since the last message was sent

        private Broadcast(int window) {
            this.window = window;
        }

        @Override
        public void start(List<Client> everybody) throws IOException {
            clients = everybody;
            clients.get(0).send(window);
        }

        @Override
        public void received(Client client, int messages) throws IOException {
            unanswered += messages;
            int due = unanswered / clients.size();
            if (due > 0) {
                unanswered -= due * clients.size();
                clients.get(0).send(due);
            }
        }
    }
}
