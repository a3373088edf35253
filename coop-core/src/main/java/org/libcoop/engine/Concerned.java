package org.libcoop.engine;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.Presence;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;

/** What commands are in the words of the audit trail, and which institutions a deed concerns. Safe for use by several threads. */
final class Concerned {

    private final Presence presence;
    private final Heads heads;

    Concerned(Presence presence, Heads heads) {
        this.presence = presence;
        this.heads = heads;
    }

    /** The institution of who does it, and the one whose thing it is, as far as this node knows them. */
    Set<InstitutionId> by(Who who, Thing thing) {
        Set<InstitutionId> concerned = new HashSet<>();
        OperatorId operator = who.operator();
        if (operator != null) {
            of(operator).ifPresent(concerned::add);
        }
        owner(thing).ifPresent(concerned::add);
        return concerned;
    }

    private Optional<InstitutionId> owner(Thing thing) {
        String id = thing.id();
        return switch (thing.kind()) {
            case CHAT -> Optional.ofNullable(heads.cached(new ChatId(id))).map(Chat::home);
            case OPERATOR, ACCOUNT -> of(new OperatorId(id));
            case WIDGET -> directory().widget(new WidgetId(id)).map(Widget::institution);
            case DEPARTMENT -> directory().department(new DepartmentId(id)).map(found -> found.institution());
            case INSTITUTION, MEMBERSHIP ->
                directory().institution(new InstitutionId(id)).map(found -> found.id());
            case FAQ_ENTRY, TRANSCRIPTS, COOP, BLOCK, DEPLOYMENT -> Optional.empty();
        };
    }

    private Optional<InstitutionId> of(OperatorId operator) {
        return directory().operator(operator).map(Operator::institution);
    }

    private Directory directory() {
        return presence.directory();
    }

    // ---- In the words of the audit trail

    /** A chat. */
    static Thing chat(ChatId chat) {
        return Thing.of(Kind.CHAT, chat.value());
    }

    /** An account in a co-op. */
    static Thing account(OperatorId who, CoopId coop) {
        return new Thing(Kind.ACCOUNT, who.value(), coop.value());
    }

    /** A membership in a co-op. */
    static Thing membership(InstitutionId institution, CoopId coop) {
        return new Thing(Kind.MEMBERSHIP, institution.value(), coop.value());
    }

    /** An entry of a FAQ, in the chat beside which it is looked at. */
    static Thing entry(String entry, ChatId chat) {
        return new Thing(Kind.FAQ_ENTRY, entry, chat.value());
    }

    /** An institution or a co-op. */
    static Thing scope(BlockScope scope) {
        return Thing.of(scope.kind() == BlockScope.Kind.COOP ? Kind.COOP : Kind.INSTITUTION, scope.id());
    }

    /** A block of a patron, where it counts. */
    static Thing block(BlockScope scope, BlockId id) {
        return new Thing(Kind.BLOCK, id.value(), scope.id());
    }

    /** What is monitored. */
    static Thing option(Option option) {
        return Thing.of(
                switch (option.kind()) {
                    case DEPARTMENT -> Kind.DEPARTMENT;
                    case OPERATOR -> Kind.OPERATOR;
                    case COOP -> Kind.COOP;
                },
                option.id());
    }

    /** What is read on a path: the transcripts of a co-op, or those of the reader's own institution. */
    Thing transcripts(TranscriptPath path, OperatorId reader) {
        return path instanceof TranscriptPath.OfCoop of
                ? Thing.of(Kind.TRANSCRIPTS, of.coop().value())
                : Thing.of(
                        Kind.TRANSCRIPTS, of(reader).map(InstitutionId::value).orElse("none"));
    }

    /** What the host saves. */
    static Thing record(LibraryRecord record) {
        if (record instanceof CoopAccount account) {
            return account(account.operator(), account.coop());
        }
        if (record instanceof Membership membership) {
            return membership(membership.institution(), membership.coop());
        }
        if (record instanceof PatronBlock block) {
            return block(block.scope(), block.id());
        }
        if (record instanceof InstitutionCard card) {
            return Thing.of(Kind.INSTITUTION, card.institution().value());
        }
        if (record instanceof CannedMessages messages) {
            return scope(messages.scope());
        }
        if (record instanceof Widget widget) {
            return Thing.of(Kind.WIDGET, widget.id().value());
        }
        return record instanceof Coop coop ? Thing.of(Kind.COOP, coop.id().value()) : Thing.deployment();
    }

    /** What the host does by saving it. */
    static Operation saving(LibraryRecord record) {
        if (record instanceof CoopAccount) {
            return Operation.MANAGE_ACCOUNT;
        }
        if (record instanceof InstitutionCard) {
            return Operation.SAVE_CARD;
        }
        if (record instanceof CannedMessages) {
            return Operation.SAVE_CANNED;
        }
        return record instanceof Widget ? Operation.SAVE_WIDGET : Operation.ADMINISTER;
    }

    /** Which row of the access table a command asks; null for what the engine does by itself. */
    static @Nullable Operation operation(ChatCommand command) {
        return switch (command.kind()) {
            case CLAIM -> Operation.CLAIM;
            case SAY -> ((ChatCommand.Say) command).as();
            case END -> Operation.END;
            case DISMISS -> Operation.DISMISS;
            case HURRY -> Operation.HURRY;
            case TRANSFER, WITHDRAW -> Operation.TRANSFER;
            case ACCEPT, DECLINE -> Operation.TAKE_OFFER;
            case LEAVE -> Operation.LEAVE;
            case RATE -> Operation.RATE;
            case SHARE_FILE -> Operation.SHARE_FILE;
            case EXPEL -> Operation.EXPEL;
            // Erasing is noted where it was asked for.
            case ERASE, START, LOOK, PATRON_LOST, PATRON_RETURNED -> null;
        };
    }
}
