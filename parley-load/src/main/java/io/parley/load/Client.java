package io.parley.load;

/**
 * One of the clients that load a server.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
abstract class Client {

    /** Who wants to know that a client is connected. */
    interface Opener {

        /** It is connected, that long after it began. */
        void onConnected(Client client, long nanos);
    }

    private final Run run;
    private final int index;
    private final long begunNanos = System.nanoTime();
    private final Opener opener;

    // What flows remember of a client.
    private int last; // number of the delivery that came last
    private int due; // messages to be sent at the end of the batch
    private long arrivals; // since the flow began
    private boolean first = true; // nothing has come yet

    // What a packet said of those that follow it.
    private int attachmentsToCome;
    private boolean attachmentIsOurs;
    private int acknowledged; // number of the event whose attachment is to come back

    Client(Run run, int index, Opener opener) {
        this.run = run;
        this.index = index;
        this.opener = opener;
    }

    Run run() {
        return run;
    }

    /** Its place among the clients. */
    int index() {
        return index;
    }

    long begunNanos() {
        return begunNanos;
    }

    /** Begins to connect. */
    abstract void open();

    /** Appends a message to what the next {@link #flush} sends. */
    abstract void append(Encoded messages, int number);

    /** Sends what was appended. */
    abstract void flush();

    /** Ends it at once, and tells nobody. */
    abstract void close();

    /** Appends a message, counted from {@code time}. */
    final void send(int copies, long time) {
        append(run.encoded(), run.begin(this, copies, time));
    }

    final void connected() {
        run.onConnected(this);
        opener.onConnected(this, System.nanoTime() - begunNanos);
    }

    final void failed(LoadException failure) {
        run.fail(new LoadException("Connection " + (index + 1) + ": " + failure.message(), failure));
    }

    /** Forgets what a flow before left. */
    final void begin(int lastNumber) {
        last = lastNumber;
        due = 0;
        arrivals = 0;
    }

    /** Counts an arrival. */
    final void arrived(int number) {
        last = number;
        arrivals++;
    }

    final int last() {
        return last;
    }

    final long arrivals() {
        return arrivals;
    }

    final void owe() {
        due++;
    }

    /** What is to be sent now; nothing is after that. */
    final int takeDue() {
        int now = due;
        due = 0;
        return now;
    }

    /** Whether it is the first message of this connection. */
    final boolean takeFirst() {
        boolean now = first;
        first = false;
        return now;
    }

    final int attachmentsToCome() {
        return attachmentsToCome;
    }

    /** So many attachments follow; whether they belong to an answer. */
    final void attachmentsToCome(int count, boolean ours) {
        attachmentsToCome = count;
        attachmentIsOurs = ours;
    }

    /** One of them is there; whether it belongs to an answer. */
    final boolean takeAttachment() {
        attachmentsToCome--;
        return attachmentIsOurs;
    }

    final void acknowledged(int number) {
        acknowledged = number;
    }

    final int acknowledged() {
        return acknowledged;
    }
}
