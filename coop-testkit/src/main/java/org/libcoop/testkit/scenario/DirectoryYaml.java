package org.libcoop.testkit.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.Department;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.InvalidDirectoryException;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Problem;
import org.libcoop.testkit.scenario.Names.Kind;

/**
 * Reads a directory written in YAML: the {@code directory} block of a scenario file, or a file of its own with the top-level
 * key {@code directory} and perhaps {@code policies}. The format is that of scenario files; beyond what they need, an
 * operator, a department and a co-op can be given a name to show.
 *
 * <p><em>Safe for use by several threads.</em>
 */
public final class DirectoryYaml {

    private static final Map<String, Coop.Kind> COOP_KINDS =
            Map.of("global", Coop.Kind.GLOBAL, "local", Coop.Kind.LOCAL);
    private static final Map<String, Membership.Kind> MEMBER_KINDS =
            Map.of("contributing", Membership.Kind.CONTRIBUTING, "non_contributing", Membership.Kind.NON_CONTRIBUTING);
    /** The levels of co-op accounts as files write them. */
    static final Map<String, CoopAccount.Level> LEVELS = Map.of(
            "regular", CoopAccount.Level.REGULAR,
            "institution_admin", CoopAccount.Level.INSTITUTION_ADMIN,
            "coop_admin", CoopAccount.Level.COOP_ADMIN);

    private final Names names;
    private final Policies policies;
    private final List<Institution> institutions = new ArrayList<>();
    private final Map<String, Operator> operators = new LinkedHashMap<>();
    private final List<Department> departments = new ArrayList<>();
    private final List<LibraryRecord> records = new ArrayList<>();
    /** Where each thing is defined, by the words in which the directory speaks of it when it refuses (D10). */
    private final Map<String, Integer> lines = new HashMap<>();

    private DirectoryYaml(Names names, Policies policies) {
        this.names = names;
        this.policies = policies;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if the file cannot be read
     * @throws MalformedScenarioException naming the line, what was found there and what was expected
     */
    public static Directory read(Path file) throws IOException {
        return parse(file.toString(), YamlReader.text(file));
    }

    /**
     * Reads a text; {@code file} is what it is called in messages.
     *
     * @throws MalformedScenarioException naming the line, what was found there and what was expected
     */
    public static Directory parse(String file, String text) {
        Fields top = new Fields(file, "a directory file", YamlReader.read(file, text));
        Policies policies = policies(top);
        Directory directory = directory(top, policies, new Names(file));
        top.done();
        return directory;
    }

    /** The policies of a file; the defaults where it sets none. */
    static Policies policies(Fields top) {
        Fields set = top.map("policies", "the policies");
        Map<String, String> settings = new TreeMap<>();
        Policies read = Policies.defaults();
        for (String name : set.keys()) {
            String value = set.text(name, "a value of this policy");
            if (!Policies.names().contains(name.contains("@") ? name.substring(0, name.indexOf('@')) : name)) {
                throw set.malformed(
                        set.keyLine(name),
                        "unknown policy \"" + name + "\", expected one of " + String.join(", ", Policies.names()));
            }
            settings.put(name, value);
        }
        // All at once: values bound by each other may come in any order.
        return set.checked(set.line(), () -> read.with(settings));
    }

    /** The directory of a file, whose ids are defined in {@code names} on the way. */
    static Directory directory(Fields top, Policies policies, Names names) {
        YamlNode node = top.required("directory", "institutions, co-ops and widgets");
        DirectoryYaml yaml = new DirectoryYaml(names, policies);
        return yaml.read(top.fields(node, "\"directory\"", "the directory"));
    }

    private Directory read(Fields directory) {
        Fields institutionsAt = directory.map("institutions", "the institutions");
        for (String id : institutionsAt.keys()) {
            names.define(Kind.INSTITUTION, id, institutionsAt.keyLine(id));
            institution(id, below(institutionsAt, id, "an institution"));
        }
        if (institutions.isEmpty()) {
            throw directory.malformed(directory.line("institutions"), "there is no institution, expected at least one");
        }
        Fields coopsAt = directory.map("coops", "the co-ops");
        coopsAt.keys().forEach(id -> names.define(Kind.COOP, id, coopsAt.keyLine(id)));
        for (String id : coopsAt.keys()) {
            lines.put("co-op " + id, coopsAt.keyLine(id));
            coop(coopsAt.checked(coopsAt.keyLine(id), () -> CoopId.of(id)), below(coopsAt, id, "a co-op"));
        }
        Fields widgetsAt = directory.map("widgets", "the widgets");
        for (String id : widgetsAt.keys()) {
            names.define(Kind.WIDGET, id, widgetsAt.keyLine(id));
            lines.put("widget " + id, widgetsAt.keyLine(id));
            records.add(WidgetYaml.read(id, below(widgetsAt, id, "a widget"), names));
        }
        directory.done();
        records.add(policies);
        return build(directory);
    }

    private Directory build(Fields directory) {
        try {
            return Directory.of(HostDirectory.of(institutions, operators.values(), departments), records);
        } catch (InvalidDirectoryException invalid) {
            String problems = invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
            throw directory.malformed(line(invalid.problems().get(0), directory.line()), problems);
        }
    }

    private int line(Problem problem, int otherwise) {
        return lines.getOrDefault(problem.subject(), otherwise);
    }

    private static Fields below(Fields parent, String id, String what) {
        return parent.fields(parent.required(id, what), "\"" + id + "\"", what);
    }

    private void institution(String id, Fields fields) {
        InstitutionId institution = fields.checked(fields.line(), () -> InstitutionId.of(id));
        String name = fields.has("name") ? fields.text("name", "a name") : id;
        ZoneId zone = fields.has("zone")
                ? fields.checked("zone", () -> ZoneId.of(fields.text("zone", "an IANA time zone")))
                : ZoneId.of("UTC");
        institutions.add(fields.checked("name", () -> new Institution(institution, name, zone)));
        operators(institution, fields);
        Fields desks = fields.map("departments", "the departments");
        for (String desk : desks.keys()) {
            department(institution, desk, desks);
        }
        for (YamlNode.Scalar admin : fields.list("admins", "a list of operators", false)) {
            operators.put(admin.text(), operator(institution, admin, fields).withAdmin(true));
        }
        fields.done();
    }

    private void operators(InstitutionId institution, Fields fields) {
        if (fields.optional("operators") instanceof YamlNode.Mapping) {
            Fields named = fields.map("operators", "the operators");
            for (String id : named.keys()) {
                YamlNode.Scalar at = new YamlNode.Scalar(id, named.keyLine(id));
                String shown = named.text(id, "a name to show");
                Operator operator = operator(institution, at, fields);
                operators.put(id, named.checked(id, () -> Operator.of(operator.id(), institution, shown)));
            }
        } else {
            fields.list("operators", "a list of operators", false).forEach(id -> operator(institution, id, fields));
        }
    }

    private void department(InstitutionId institution, String id, Fields desks) {
        names.define(Kind.DEPARTMENT, id, desks.keyLine(id));
        String name = id;
        List<YamlNode.Scalar> members;
        if (desks.optional(id) instanceof YamlNode.Mapping) {
            Fields fields = below(desks, id, "a department");
            name = fields.has("name") ? fields.text("name", "a name") : id;
            members = fields.list("members", "a list of operators", false);
            fields.done();
        } else {
            members = desks.list(id, "a list of operators", false);
        }
        Set<OperatorId> ids = new LinkedHashSet<>();
        members.forEach(member -> ids.add(operator(institution, member, desks).id()));
        String shown = name;
        departments.add(desks.checked(id, () -> new Department(DepartmentId.of(id), institution, shown, ids)));
    }

    /** An operator of the institution, defined where first named; nobody belongs to two institutions (D2). */
    private Operator operator(InstitutionId institution, YamlNode.Scalar name, Fields at) {
        Operator known = operators.get(name.text());
        if (known == null) {
            names.define(Kind.OPERATOR, name.text(), name.line());
            known = at.checked(name.line(), () -> Operator.of(OperatorId.of(name.text()), institution, name.text()));
            operators.put(name.text(), known);
        } else if (!known.institution().equals(institution)) {
            throw at.malformed(
                    name.line(),
                    "operator \"" + name.text() + "\" is of " + known.institution() + ", expected one of "
                            + institution);
        }
        return known;
    }

    private void coop(CoopId id, Fields fields) {
        Coop.Kind kind = fields.choice("kind", COOP_KINDS);
        String name = fields.has("name") ? fields.text("name", "a name") : id.value();
        for (String key : List.of("backup", "backupDelay")) {
            if (fields.has(key) && kind == Coop.Kind.LOCAL) {
                throw fields.malformed(
                        fields.line(key), "\"" + key + "\" on a local co-op, expected it on a global one only");
            }
        }
        List<OperatorId> backup = names.operators(fields.list("backup", "a list of operators", false));
        Duration delay = fields.has("backupDelay") ? fields.duration("backupDelay") : policies.backupDelay();
        records.add(fields.checked("backupDelay", () -> new Coop(id, name, kind, delay, backup)));
        Fields members = fields.map("members", "the members of a co-op");
        for (String member : members.keys()) {
            records.add(member(id, member, members));
        }
        Fields accounts = fields.map("accounts", "the accounts of a co-op");
        for (String operator : accounts.keys()) {
            OperatorId who = names.operator(new YamlNode.Scalar(operator, accounts.keyLine(operator)));
            lines.put("account of " + who + " in " + id, accounts.keyLine(operator));
            records.add(new CoopAccount(id, who, accounts.choice(operator, LEVELS)));
        }
        fields.done();
    }

    private Membership member(CoopId coop, String id, Fields members) {
        InstitutionId institution = names.institution(new YamlNode.Scalar(id, members.keyLine(id)));
        YamlNode node = members.required(id, "contributing or non_contributing");
        if (!(node instanceof YamlNode.Mapping)) {
            return Membership.of(coop, institution, members.choice(node, "\"" + id + "\"", MEMBER_KINDS));
        }
        Fields fields = members.fields(node, "\"" + id + "\"", "a membership");
        Membership membership = Membership.of(coop, institution, fields.choice("as", MEMBER_KINDS));
        YamlNode coverage = fields.optional("coverage");
        fields.done();
        return coverage == null ? membership : membership.withCoverage(coverage(coverage, fields));
    }

    private static Coverage coverage(YamlNode node, Fields membership) {
        if (!(node instanceof YamlNode.Mapping)) {
            Map<String, Coverage> words = Map.of("always", Coverage.always(), "none", Coverage.none());
            return membership.choice(node, "\"coverage\"", words);
        }
        Fields fields = membership.fields(node, "\"coverage\"", "a coverage");
        List<YamlNode.Scalar> hours = fields.list("hours", "a list of hours such as \"MON-FRI 18:00-08:00\"", true);
        List<LocalDate> except = new ArrayList<>();
        for (YamlNode.Scalar date : fields.list("except", "a list of dates such as 2026-12-25", false)) {
            except.add(fields.checked(date.line(), () -> LocalDate.parse(date.text())));
        }
        fields.done();
        return fields.checked(
                "hours",
                () -> Coverage.hours(hours.stream().map(YamlNode.Scalar::text).toList(), except));
    }
}
