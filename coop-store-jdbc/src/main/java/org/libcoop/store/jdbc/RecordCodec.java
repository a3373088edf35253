package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.Policies;
import org.libcoop.directory.RecordKey;
import org.libcoop.directory.SignOffRule;
import org.libcoop.directory.WeeklyTime;
import org.libcoop.directory.Widget;

/** The directory as stored: the library's own records, one by one, and the host's part as a whole (D11). */
final class RecordCodec {

    private static final Words<RecordKey.Type> TYPES = Words.of(RecordKey.Type.values(), type -> switch (type) {
        case COOP -> "coop";
        case MEMBERSHIP -> "membership";
        case ACCOUNT -> "account";
        case WIDGET -> "widget";
        case POLICIES -> "policies";
        case SIGN_OFF -> "sign-off";
        case BLOCK -> "block";
        case CARD -> "card";
        case CANNED -> "canned";
    });

    private static final Words<Coop.Kind> COOPS = Words.of(Coop.Kind.values(), kind -> switch (kind) {
        case LOCAL -> "local";
        case GLOBAL -> "global";
    });

    private static final Words<Membership.Kind> MEMBERS = Words.of(Membership.Kind.values(), kind -> switch (kind) {
        case CONTRIBUTING -> "contributing";
        case NON_CONTRIBUTING -> "non-contributing";
    });

    private static final Words<CoopAccount.Level> LEVELS =
            Words.of(CoopAccount.Level.values(), level -> switch (level) {
                case REGULAR -> "regular";
                case INSTITUTION_ADMIN -> "institution-admin";
                case COOP_ADMIN -> "coop-admin";
            });

    private static final Words<BlockScope.Kind> SCOPES = Words.of(BlockScope.Kind.values(), kind -> switch (kind) {
        case INSTITUTION -> "institution";
        case COOP -> "coop";
    });

    private RecordCodec() {}

    /** The word for a type of records. */
    static String type(RecordKey.Type type) {
        return TYPES.word(type);
    }

    /**
     * Reads what {@link #type(RecordKey.Type)} wrote.
     *
     * @throws UnreadableException if the word is unknown
     */
    static RecordKey.Type type(String word) {
        RecordKey.Type type = TYPES.constant(word);
        if (type == null) {
            throw new UnreadableException("record", "its type is none of the words known");
        }
        return type;
    }

    static String write(LibraryRecord record) {
        return Json.object(out -> write(out, record));
    }

    /**
     * Reads what {@link #write} wrote, here or in an earlier version. Policies that this version does not know are left out.
     *
     * @throws UnreadableException if that is not possible
     */
    static LibraryRecord read(RecordKey.Type type, String json) {
        return StoredObject.parse(type(type), json).as(record -> switch (type) {
            case COOP -> coop(record);
            case MEMBERSHIP -> membership(record);
            case ACCOUNT -> account(record);
            case WIDGET -> WidgetCodec.read(record);
            case POLICIES -> policies(record.object("set"));
            case SIGN_OFF -> signOff(record);
            case BLOCK -> block(record);
            case CARD -> StaffTextCodec.card(record);
            case CANNED -> StaffTextCodec.canned(record, scope(record));
        });
    }

    static String writeHost(HostDirectory host) {
        return Json.object(out -> HostCodec.write(out, host));
    }

    /**
     * Reads what {@link #writeHost} wrote, here or in an earlier version.
     *
     * @throws UnreadableException if that is not possible
     */
    static HostDirectory readHost(String json) {
        return StoredObject.parse("host directory", json).as(HostCodec::read);
    }

    private static void write(JsonGenerator out, LibraryRecord record) throws IOException {
        switch (record.key().type()) {
            case COOP -> coop(out, (Coop) record);
            case MEMBERSHIP -> membership(out, (Membership) record);
            case ACCOUNT -> account(out, (CoopAccount) record);
            case WIDGET -> WidgetCodec.write(out, (Widget) record);
            case POLICIES -> policies(out, (Policies) record);
            case SIGN_OFF -> signOff(out, (SignOffRule) record);
            case BLOCK -> block(out, (PatronBlock) record);
            case CARD -> StaffTextCodec.card(out, (InstitutionCard) record);
            case CANNED -> canned(out, (CannedMessages) record);
        }
    }

    private static void coop(JsonGenerator out, Coop coop) throws IOException {
        out.writeStringField("id", coop.id().value());
        out.writeStringField("name", coop.name());
        out.writeStringField("kind", COOPS.word(coop.kind()));
        Json.duration(out, "backup-delay", coop.backupDelay());
        Json.texts(out, "backup", coop.backup().stream().map(OperatorId::value).toList());
    }

    private static Coop coop(StoredObject coop) {
        List<OperatorId> backup =
                coop.texts("backup").stream().map(OperatorId::of).toList();
        return new Coop(
                CoopId.of(coop.text("id")),
                coop.text("name"),
                coop.word("kind", COOPS),
                coop.duration("backup-delay"),
                backup);
    }

    private static void membership(JsonGenerator out, Membership membership) throws IOException {
        out.writeStringField("coop", membership.coop().value());
        out.writeStringField("institution", membership.institution().value());
        out.writeStringField("kind", MEMBERS.word(membership.kind()));
        out.writeObjectFieldStart("coverage");
        CoverageCodec.write(out, membership.coverage());
        out.writeEndObject();
        out.writeBooleanField("ended", membership.ended());
    }

    private static Membership membership(StoredObject membership) {
        return new Membership(
                CoopId.of(membership.text("coop")),
                InstitutionId.of(membership.text("institution")),
                membership.word("kind", MEMBERS),
                CoverageCodec.read(membership.object("coverage")),
                membership.flag("ended"));
    }

    private static void account(JsonGenerator out, CoopAccount account) throws IOException {
        out.writeStringField("coop", account.coop().value());
        out.writeStringField("operator", account.operator().value());
        out.writeStringField("level", LEVELS.word(account.level()));
        out.writeBooleanField("removed", account.removed());
    }

    private static CoopAccount account(StoredObject account) {
        return new CoopAccount(
                CoopId.of(account.text("coop")),
                OperatorId.of(account.text("operator")),
                account.word("level", LEVELS),
                account.flag("removed"));
    }

    private static void signOff(JsonGenerator out, SignOffRule rule) throws IOException {
        out.writeStringField("department", rule.department().value());
        out.writeArrayFieldStart("times");
        for (WeeklyTime time : rule.times()) {
            out.writeStartObject();
            out.writeStringField("first", CoverageCodec.DAYS.word(time.firstDay()));
            out.writeStringField("last", CoverageCodec.DAYS.word(time.lastDay()));
            out.writeNumberField("minute", time.minute());
            out.writeEndObject();
        }
        out.writeEndArray();
        Json.instant(out, "since", rule.since());
    }

    private static SignOffRule signOff(StoredObject rule) {
        List<WeeklyTime> times = rule.objects("times").stream()
                .map(time -> new WeeklyTime(
                        time.word("first", CoverageCodec.DAYS),
                        time.word("last", CoverageCodec.DAYS),
                        time.count("minute")))
                .toList();
        return new SignOffRule(DepartmentId.of(rule.text("department")), times, rule.instant("since"));
    }

    private static void block(JsonGenerator out, PatronBlock block) throws IOException {
        scope(out, block.scope());
        out.writeNumberField("slot", block.slot());
        out.writeStringField("id", block.id().value());
        String keyHash = block.patronKeyHash();
        if (keyHash != null) {
            out.writeStringField("key", keyHash);
        }
        String digest = block.addressDigest();
        if (digest != null) {
            out.writeStringField("address", digest);
        }
        out.writeStringField("reason", block.reason());
        out.writeStringField("by", block.by().value());
        Json.instant(out, "from", block.from());
        Json.instant(out, "until", block.until());
        PatronBlock.Lift lift = block.lift();
        if (lift != null) {
            out.writeObjectFieldStart("lift");
            out.writeStringField("by", lift.by().value());
            Json.instant(out, "at", lift.at());
            out.writeEndObject();
        }
    }

    private static PatronBlock block(StoredObject block) {
        return new PatronBlock(
                scope(block),
                block.count("slot"),
                BlockId.of(block.text("id")),
                block.optional("key", key -> key),
                block.optional("address", digest -> digest),
                block.text("reason"),
                OperatorId.of(block.text("by")),
                block.instant("from"),
                block.instant("until"),
                block.has("lift") ? lift(block.object("lift")) : null);
    }

    private static void canned(JsonGenerator out, CannedMessages messages) throws IOException {
        scope(out, messages.scope());
        StaffTextCodec.canned(out, messages);
    }

    private static void scope(JsonGenerator out, BlockScope scope) throws IOException {
        out.writeStringField("scope", SCOPES.word(scope.kind()));
        out.writeStringField("of", scope.id());
    }

    private static BlockScope scope(StoredObject record) {
        return switch (record.word("scope", SCOPES)) {
            case INSTITUTION -> BlockScope.of(InstitutionId.of(record.text("of")));
            case COOP -> BlockScope.of(CoopId.of(record.text("of")));
        };
    }

    private static PatronBlock.Lift lift(StoredObject lift) {
        return new PatronBlock.Lift(OperatorId.of(lift.text("by")), lift.instant("at"));
    }

    private static void policies(JsonGenerator out, Policies policies) throws IOException {
        out.writeObjectFieldStart("set");
        for (Map.Entry<String, String> setting : policies.settings().entrySet()) {
            out.writeStringField(setting.getKey(), setting.getValue());
        }
        out.writeEndObject();
    }

    private static Policies policies(StoredObject set) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : set.keys()) {
            int at = name.indexOf('@');
            if (Policies.names().contains(at < 0 ? name : name.substring(0, at))) {
                settings.put(name, set.text(name));
            }
        }
        return Policies.of(settings);
    }
}
