/** A network that fails on request, for tests of what speaks TCP. */
@NullMarked
package org.libcoop.testkit.network;

import org.jspecify.annotations.NullMarked;
