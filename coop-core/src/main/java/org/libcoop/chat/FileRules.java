package org.libcoop.chat;

import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.chat.ChatEvent.FileShared;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** Sharing files in a chat (U1): who may, and how much. What a file is has been judged before. Pure. */
final class FileRules {

    private FileRules() {}

    static @Nullable Refusal invalid(ChatCommand.ShareFile share, Policies policies) {
        if (share.by().kind() == Author.Kind.SYSTEM) {
            return Refusal.of(RefusalCode.INVALID, "the system shares no files");
        }
        if (policies.uploadLimitBytes() == 0) {
            return Refusal.of(RefusalCode.UNSUPPORTED, "no files are shared here");
        }
        String type = share.mediaType();
        if (type.isBlank() || type.length() > Content.FileDetails.TYPE_LIMIT) {
            return Refusal.of(RefusalCode.INVALID, "this is no media type");
        }
        if (!share.name().equals(Content.FileDetails.cleaned(share.name()))) {
            return Refusal.of(RefusalCode.INVALID, "this is no name of a file");
        }
        if (share.size() < 1) {
            return Refusal.of(RefusalCode.INVALID, "the file is empty");
        }
        return share.size() <= policies.uploadLimitBytes() ? null : tooLarge(policies);
    }

    static Refusal tooLarge(Policies policies) {
        return Refusal.of(RefusalCode.TOO_LARGE, "the file is larger than " + policies.uploadLimitBytes() + " bytes");
    }

    static @Nullable Refusal share(Course course, ChatCommand.ShareFile share) {
        if (!share.file().chat().equals(course.chat().id())) {
            return Refusal.of(RefusalCode.INVALID, "the file is stored for another chat");
        }
        OperatorId operator = share.by().operator();
        Refusal refusal = operator == null
                ? ChatRules.patronsTurn(course)
                : ChatRules.turn(course, Operation.SHARE_FILE, operator);
        refusal = refusal == null
                ? full(course.chat(), share.size(), course.world().directory().policies())
                : refusal;
        if (refusal == null) {
            course.happens(
                    course.now(),
                    new FileShared(share.by(), share.file(), share.size()),
                    new Content.FileDetails(share.name(), share.mediaType()));
        }
        return refusal;
    }

    /** Why {@code size} bytes more may not be shared, null if they may. */
    static @Nullable Refusal full(Chat chat, long size, Policies policies) {
        Uploads shared = chat.uploads();
        if (shared.files() >= policies.uploadsPerChat()) {
            return Refusal.of(
                    RefusalCode.UPLOAD_QUOTA,
                    "no more than " + policies.uploadsPerChat() + " files are shared in a chat");
        }
        return shared.bytes() + size <= policies.uploadQuotaBytes()
                ? null
                : Refusal.of(
                        RefusalCode.UPLOAD_QUOTA,
                        "no more than " + policies.uploadQuotaBytes() + " bytes are shared in a chat");
    }
}
