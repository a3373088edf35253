/**
 * What happened, in numbers: facts of chats, free of content, and what reports add up from them (section 11). Pure: nothing here reads
 * a clock, and every report is the sum of {@link org.libcoop.report.Tally tallies} of {@link org.libcoop.report.ChatFact facts}.
 */
@NullMarked
package org.libcoop.report;

import org.jspecify.annotations.NullMarked;
