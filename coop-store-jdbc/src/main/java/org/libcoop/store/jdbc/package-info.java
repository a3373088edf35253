/** The store and the archive on a JDBC database. */
@NullMarked
package org.libcoop.store.jdbc;

import org.jspecify.annotations.NullMarked;
