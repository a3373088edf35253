/** Words about the library's own interface. */
@NullMarked
package org.libcoop.annotation;

import org.jspecify.annotations.NullMarked;
