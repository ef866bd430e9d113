/** How long a client that behaves waits beside peers that do not: a server, its attackers and a witness, each apart. */
@NullMarked
package io.parley.bench.hostile;

import org.jspecify.annotations.NullMarked;
