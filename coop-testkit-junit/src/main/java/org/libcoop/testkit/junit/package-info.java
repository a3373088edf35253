/** Contracts that a store or transport of one's own has to pass, as JUnit tests. */
@NullMarked
package org.libcoop.testkit.junit;

import org.jspecify.annotations.NullMarked;
