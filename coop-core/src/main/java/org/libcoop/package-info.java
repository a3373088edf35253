/** The front door: {@link org.libcoop.CoopEngine} and the role-typed handles of those who use it. */
@NullMarked
package org.libcoop;

import org.jspecify.annotations.NullMarked;
