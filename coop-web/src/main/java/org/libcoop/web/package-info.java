/** The servlet door of the patron's widget. */
@NullMarked
package org.libcoop.web;

import org.jspecify.annotations.NullMarked;
