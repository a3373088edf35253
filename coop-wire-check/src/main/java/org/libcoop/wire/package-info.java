/** The description of the wire protocol as a judge: whether what passes between a client and the server is what it says. */
@NullMarked
package org.libcoop.wire;

import org.jspecify.annotations.NullMarked;
