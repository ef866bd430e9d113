package io.parley.cli.connect;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * Where a scripted conversation reads and writes.
 *
 * @param in gives the lines to send, in UTF-8
 * @param out takes messages, in UTF-8; each is one call of {@code write}
 * @param err takes what went wrong, a line each
 */
public record Streams(InputStream in, OutputStream out, PrintWriter err) {}
