/** What an embedder implements or replaces: clock, store, archive, transport, authenticator, ids, directory source. */
@NullMarked
package org.libcoop.spi;

import org.jspecify.annotations.NullMarked;
