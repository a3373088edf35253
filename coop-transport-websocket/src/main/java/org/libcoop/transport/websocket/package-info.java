/** The WebSocket door: frames in, commands to the engine, notices out. */
@NullMarked
package org.libcoop.transport.websocket;

import org.jspecify.annotations.NullMarked;
