/**
 * The seeded simulator: real engine nodes on one store in simulated time, random people, random faults, and a witness who
 * knows what must hold after every change.
 */
@NullMarked
package org.libcoop.testkit.simulation;

import org.jspecify.annotations.NullMarked;
