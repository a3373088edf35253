/** The FAQs of institutions (F1–F3): groups, entries, questions and answers, and what of them must not reach a patron. Pure. */
@NullMarked
package org.libcoop.faq;

import org.jspecify.annotations.NullMarked;
