/** Who is there: operators' switches, status and liveness, and from it who is available on which stage, when (P1–P4, P6). */
@NullMarked
package org.libcoop.presence;

import org.jspecify.annotations.NullMarked;
