package org.libcoop.faq;

/** Who reads the entries of a group (F1). */
public enum FaqVisibility {
    /** Everybody, patrons too. */
    PUBLIC,
    /** The owner of a co-op chat of a patron of the institution, while owning it (F2). */
    STAFFING,
    /** Operators of the institution, as far as the host lets them. */
    INTERNAL,
    /** Some operators of the institution, as the host says. */
    RESTRICTED,
    /** Nobody who searches: entries not published yet, or not any more. */
    HIDDEN
}
