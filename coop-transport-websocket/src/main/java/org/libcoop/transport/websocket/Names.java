package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;

/**
 * Names in place of ids, from the directory as it is now. What is gone keeps its id, but for people: whose account is gone
 * has no name any more. <em>Safe for use by several threads.</em>
 */
final class Names {

    private final Supplier<Directory> directory;

    Names(Supplier<Directory> directory) {
        this.directory = directory;
    }

    Directory directory() {
        return directory.get();
    }

    String institution(InstitutionId id) {
        return directory().institution(id).map(Institution::name).orElse(id.value());
    }

    /** Whether somebody is of an institution, as far as their account is still there. */
    boolean isOf(OperatorId who, InstitutionId institution) {
        return directory()
                .operator(who)
                .filter(operator -> operator.institution().equals(institution))
                .isPresent();
    }

    String widget(WidgetId id) {
        return directory().widget(id).map(Widget::name).orElse(id.value());
    }

    /** Puts the display name and the institution's name, never the id: all that anybody outside learns of an operator. */
    void putPerson(ObjectNode node, OperatorId id) {
        Operator operator = directory().operator(id).orElse(null);
        if (operator != null) {
            node.put("name", operator.displayName());
            node.put("institution", institution(operator.institution()));
        }
    }

    ObjectNode person(OperatorId id) {
        ObjectNode node = Json.object();
        putPerson(node, id);
        return node;
    }

    ObjectNode stage(Stage stage) {
        ObjectNode node = option(stage.option());
        if (stage.backup()) {
            node.put("backup", true);
        }
        return node;
    }

    ObjectNode option(Option option) {
        return Json.object()
                .put("kind", Json.kebab(option.kind()))
                .put("id", option.id())
                .put("name", name(option));
    }

    private String name(Option option) {
        if (option instanceof Option.OfDepartment desk) {
            return directory()
                    .department(desk.department())
                    .map(found -> found.name())
                    .orElse(option.id());
        }
        if (option instanceof Option.OfOperator line) {
            return directory()
                    .operator(line.operator())
                    .map(Operator::displayName)
                    .orElse(option.id());
        }
        return option instanceof Option.OfCoop shared
                ? directory().coop(shared.coop()).map(found -> found.name()).orElse(option.id())
                : option.id();
    }
}
