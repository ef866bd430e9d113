/**
 * Support for the tests of every module: peers that know no Parley class (raw sockets, Node programs, a browser), faults
 * on the network, leak checks, and generators for property tests.
 */
@NullMarked
package io.parley.testkit;

import org.jspecify.annotations.NullMarked;
