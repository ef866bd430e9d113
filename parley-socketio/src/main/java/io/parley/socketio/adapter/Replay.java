package io.parley.socketio.adapter;

import io.parley.socketio.adapter.RestoredSession.Missed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sent again to a client that comes back: taken out of the store under its lock, worked out without it.
 *
 * <p><b>Threading.</b> Immutable.
 *
 * @param claim the offset that the client named; null if it named none
 * @param events everything from the start on, for whomever it was
 * @param end where the log was cut
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Replay(HeldSession held, Start start, @Nullable String claim, HeldEvent[] events, long end) {

    RestoredSession toSession() {
        List<Missed> missed = new ArrayList<>();
        for (HeldEvent event : events) {
            if (event.isFor(held)) {
                missed.add(new Missed(event.offset(), event.messages()));
            }
        }
        return new RestoredSession(missed, end, progress(missed));
    }

    private Progress progress(List<Missed> missed) {
        Offset had = start.had();
        if (missed.isEmpty()) {
            return new Progress(had, had, null, false, null, true);
        }
        Offset first = had != null ? had : missed.get(0).offset();
        return new Progress(first, missed.get(missed.size() - 1).offset(), null, true, claim, true);
    }

    /**
     * Where a client's missed events begin.
     *
     * @param position of the first event that it may have missed
     * @param had the last event of this session that it has had; null if it has had none
     */
    record Start(long position, @Nullable Offset had) {

        /**
         * Works it out. A client keeps the offset of an earlier session until it hears the first event of this one, so
         * an offset from before that event means that it has heard none.
         *
         * @return null if the events that it may have missed are not all held any more
         */
        static @Nullable Start of(HeldSession held, @Nullable String claim, EventLog log) {
            Progress progress = held.session().progress();
            Start start = of(progress, held.unsentFrom(), claim, log);
            return start != null && log.holdsAllFrom(start.position) ? start : null;
        }

        private static @Nullable Start of(Progress progress, long unsentFrom, @Nullable String claim, EventLog log) {
            Offset first = progress.first();
            Offset last = progress.last();
            if (first == null || last == null) { // nothing was sent that the client could have missed
                return new Start(unsentFrom, null);
            }
            if (claim == null) {
                return new Start(first.position(), null);
            }
            if (claim.equals(last.text())) { // it had all that was sent
                return new Start(unsentFrom, last);
            }
            HeldEvent had = log.find(claim);
            if (had == null) {
                return null;
            }
            long position = had.offset().position();
            return position < first.position()
                    ? new Start(first.position(), null)
                    : new Start(position + 1, had.offset());
        }
    }
}
