/** One chat as a log: commands decided, events applied, nothing else (C, M). */
@NullMarked
package org.libcoop.chat;

import org.jspecify.annotations.NullMarked;
