/** A small host that shows how the library is embedded. */
@NullMarked
package org.libcoop.example;

import org.jspecify.annotations.NullMarked;
