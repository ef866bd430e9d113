package io.parley.websocket.connection;

import io.parley.websocket.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Wakes those of a loop who watch time spans of the same length: one timer for all of them, and none while there is
 * nobody.
 *
 * <p><b>Threading.</b> Confined to its loop.
 */
final class Pulse implements Runnable {

    private final EventLoop loop;
    private final Duration period;
    private final List<Member> members = new ArrayList<>();
    private boolean beating;

    /** Whoever is woken. */
    abstract static class Member {

        private int index = -1; // in the list of members

        /** A beat. It may leave the pulse. */
        abstract void onBeat(long now);
    }

    Pulse(EventLoop loop, Duration period) {
        this.loop = loop;
        this.period = period;
    }

    void join(Member member) {
        member.index = members.size();
        members.add(member);
        if (!beating) {
            beating = true;
            loop.schedule(this, period);
        }
    }

    /** The last one takes the place of the one who leaves. */
    void leave(Member member) {
        if (member.index < 0) {
            return;
        }
        Member last = members.remove(members.size() - 1);
        if (!last.equals(member)) {
            members.set(member.index, last);
            last.index = member.index;
        }
        member.index = -1;
    }

    @Override
    public void run() {
        long now = loop.nanoTime();
        for (int i = members.size() - 1; i >= 0; i--) { // backwards: who leaves is replaced by one who had its turn
            members.get(i).onBeat(now);
        }
        beating = !members.isEmpty();
        if (beating) {
            loop.schedule(this, period);
        }
    }
}
