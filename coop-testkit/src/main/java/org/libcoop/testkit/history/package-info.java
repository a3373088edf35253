/** Histories of operations from many threads and processes, and the check that they could have happened one after another. */
@NullMarked
package org.libcoop.testkit.history;

import org.jspecify.annotations.NullMarked;
