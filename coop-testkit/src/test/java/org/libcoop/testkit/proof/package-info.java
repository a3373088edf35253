/** Proofs of the engine's guarantees: acknowledgement, contention, faults, fencing, limits, notices, several nodes, load. */
@NullMarked
package org.libcoop.testkit.proof;

import org.jspecify.annotations.NullMarked;
