/**
 * How the library says no: the closed list of refusal codes and the root of its exceptions.
 *
 * <p>A business outcome ("somebody else has claimed it") is a value, a {@link org.libcoop.refusal.Refusal}. An
 * exception is for what the caller could not be expected to handle where it happened.
 */
@NullMarked
package org.libcoop.refusal;

import org.jspecify.annotations.NullMarked;
