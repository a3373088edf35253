/** How values are written as JSON and CSV. Not exported. */
@NullMarked
package org.libcoop.text;

import org.jspecify.annotations.NullMarked;
