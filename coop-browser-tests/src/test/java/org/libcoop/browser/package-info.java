/** What patrons and librarians see, in a real browser. */
@NullMarked
package org.libcoop.browser;

import org.jspecify.annotations.NullMarked;
