/** Who may learn what, in one place (A8, A9). */
@NullMarked
package org.libcoop.access;

import org.jspecify.annotations.NullMarked;
