package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.libcoop.directory.Department;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;

/** The host's part of the directory as stored, in the order in which the host gave it (D11). */
final class HostCodec {

    private HostCodec() {}

    static void write(JsonGenerator out, HostDirectory host) throws IOException {
        out.writeArrayFieldStart("institutions");
        for (Institution institution : host.institutions().values()) {
            out.writeStartObject();
            out.writeStringField("id", institution.id().value());
            out.writeStringField("name", institution.name());
            out.writeStringField("zone", institution.zone().getId());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("operators");
        for (Operator operator : host.operators().values()) {
            out.writeStartObject();
            out.writeStringField("id", operator.id().value());
            out.writeStringField("institution", operator.institution().value());
            out.writeStringField("name", operator.displayName());
            out.writeBooleanField("chat-enabled", operator.chatEnabled());
            out.writeBooleanField("admin", operator.admin());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("departments");
        for (Department department : host.departments().values()) {
            out.writeStartObject();
            out.writeStringField("id", department.id().value());
            out.writeStringField("institution", department.institution().value());
            out.writeStringField("name", department.name());
            List<String> members = department.members().stream()
                    .map(OperatorId::value)
                    .sorted()
                    .toList();
            Json.texts(out, "members", members);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static HostDirectory read(StoredObject host) {
        return HostDirectory.of(
                host.objects("institutions").stream()
                        .map(HostCodec::institution)
                        .toList(),
                host.objects("operators").stream().map(HostCodec::operator).toList(),
                host.objects("departments").stream().map(HostCodec::department).toList());
    }

    private static Institution institution(StoredObject institution) {
        return new Institution(
                InstitutionId.of(institution.text("id")),
                institution.text("name"),
                ZoneId.of(institution.text("zone")));
    }

    private static Operator operator(StoredObject operator) {
        return new Operator(
                OperatorId.of(operator.text("id")),
                InstitutionId.of(operator.text("institution")),
                operator.text("name"),
                operator.flag("chat-enabled"),
                operator.flag("admin"));
    }

    private static Department department(StoredObject department) {
        Set<OperatorId> members =
                department.texts("members").stream().map(OperatorId::of).collect(Collectors.toUnmodifiableSet());
        return new Department(
                DepartmentId.of(department.text("id")),
                InstitutionId.of(department.text("institution")),
                department.text("name"),
                members);
    }
}
