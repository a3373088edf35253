package org.libcoop.engine;

import java.util.ArrayList;
import java.util.List;
import org.libcoop.chat.Chat;
import org.libcoop.chat.Logged;
import org.libcoop.spi.Store;

/** Reads a chat's log out of the store, page by page. */
final class WholeLog {

    private WholeLog() {}

    /**
     * The log at least as far as the head goes, perhaps with what followed meanwhile; shorter where the store has forgotten the chat.
     *
     * @param beginning its first entries, which are not read again
     */
    static List<Logged> of(Store store, Chat chat, List<Logged> beginning) {
        List<Logged> log = new ArrayList<>(beginning);
        while (log.size() < chat.seq()) {
            List<Logged> page = store.log(chat.id(), log.size(), Store.PAGE);
            if (page.isEmpty()) {
                break;
            }
            log.addAll(page);
        }
        return log;
    }
}
