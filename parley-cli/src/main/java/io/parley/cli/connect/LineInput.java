package io.parley.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;

/**
 * Sends what the plan says, or else each line of standard input; then waits for silence and closes.
 *
 * <p><b>Threading.</b> Runs on a thread of its own, which blocks.
 */
final class LineInput implements Runnable {

    private final Conversation conversation;
    private final Plan plan;
    private final InputStream in;
    private final Complaints complaints;

    LineInput(Conversation conversation, Plan plan, InputStream in, Complaints complaints) {
        this.conversation = conversation;
        this.plan = plan;
        this.in = in;
        this.complaints = complaints;
    }

    @Override
    public void run() {
        int number = 0;
        try {
            if (plan.sends().isEmpty()) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    conversation.send(line);
                }
            } else {
                plan.sends().forEach(conversation::send);
            }
            conversation.closeWhenSilent();
        } catch (IllegalArgumentException mistake) {
            refuse((number == 0 ? "--send" : "Line " + number) + ": " + mistake.getMessage());
        } catch (IOException unreadable) {
            refuse("Standard input cannot be read: " + unreadable.getMessage());
        }
    }

    private void refuse(String complaint) {
        complaints.add(complaint);
        conversation.leave(ExitCodes.BAD_INPUT);
    }
}
