/** How librarians talk among themselves: rooms, and who is in them (I1, I2). Pure. */
@NullMarked
package org.libcoop.talk;

import org.jspecify.annotations.NullMarked;
