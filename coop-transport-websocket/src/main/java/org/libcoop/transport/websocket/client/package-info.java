/** A client of the wire protocol {@code coop.v1} for Java: patrons and operators whose connection comes back by itself. */
@NullMarked
package org.libcoop.transport.websocket.client;

import org.jspecify.annotations.NullMarked;
