/** The heart: what of a chat's route is open when, and why (R1–R17). */
@NullMarked
package org.libcoop.routing;

import org.jspecify.annotations.NullMarked;
