/** The codec without a network, beside Netty's, on the same bytes. */
@NullMarked
package io.parley.bench.codec;

import org.jspecify.annotations.NullMarked;
