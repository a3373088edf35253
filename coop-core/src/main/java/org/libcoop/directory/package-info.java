/**
 * Who exists: institutions, operators, departments, co-ops, memberships, accounts, widgets and blocks of patrons, as validated immutable
 * snapshots (D, W).
 *
 * <p>The host owns {@link org.libcoop.directory.Institution}, {@link org.libcoop.directory.Operator} and {@link
 * org.libcoop.directory.Department}; everything else is a {@link org.libcoop.directory.LibraryRecord}, kept in the
 * library's own store (D11). A {@link org.libcoop.directory.Directory} is both together, checked as a whole (D10).
 *
 * <p>Everything here is immutable and safe for use by several threads, the builders excepted.
 */
@NullMarked
package org.libcoop.directory;

import org.jspecify.annotations.NullMarked;
