package org.libcoop;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Receipt;
import org.libcoop.engine.FileUser;
import org.libcoop.engine.Node;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.SharedFile;

/**
 * Files that one patron, or one operator, shares and gets in their chats (U1). Who may is asked at each call: sharing is for the patron
 * and the owner while the chat goes on, getting for the patron, and for who owns it or owned it last. Without a
 * {@link org.libcoop.spi.FileVault}, and where the policy {@code uploadLimit} is 0, sharing is refused {@code unsupported}.
 * <em>Safe for use by several threads.</em>
 */
@Beta
public final class FileSession {

    private final Node node;
    private final FileUser user;

    FileSession(Node node, FileUser user) {
        this.node = node;
        this.user = user;
    }

    /**
     * Shares what {@code content} gives: stored first, under a name of the library's own, on the caller's thread; then told to both
     * sides. {@code name} is shown, after {@link org.libcoop.chat.Content.FileDetails#cleaned}, with the ending of what the file is. A
     * resend with the same id, name and bytes gets the first result, and is stored once (G5). Whatever is refused leaves no bytes.
     *
     * <p>Refused {@code file-type} where the content is nothing that may be shared, {@code too-large} beyond {@code uploadLimit},
     * {@code upload-quota} beyond {@code uploadsPerChat} and {@code uploadQuota}, {@code unavailable} where the vault fails; as
     * {@code say} otherwise. Does not close {@code content}.
     *
     * @throws IOException if {@code content} does
     */
    public CompletionStage<Outcome<Receipt>> share(ChatId chat, String name, InputStream content, String commandId)
            throws IOException {
        return node.files()
                .share(
                        user,
                        Objects.requireNonNull(chat, "chat"),
                        Objects.requireNonNull(name, "name"),
                        Objects.requireNonNull(content, "content"),
                        Objects.requireNonNull(commandId, "commandId"));
    }

    /** {@link #share(ChatId, String, InputStream, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> share(ChatId chat, String name, InputStream content) throws IOException {
        return share(chat, name, content, node.commands().newId());
    }

    /**
     * A file that was shared in this chat, as long as the store has the chat: {@code not-found} where there is none, where it was
     * redacted or deleted, and where it is another chat's, all alike; {@code not-owner} for operators who may know of the chat
     * and did not own it last. {@code unavailable} where the vault fails.
     */
    public Outcome<SharedFile> file(ChatId chat, FileId file) {
        return node.files().open(user, Objects.requireNonNull(chat, "chat"), Objects.requireNonNull(file, "file"));
    }
}
