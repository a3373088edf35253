package org.libcoop.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.libcoop.CoopEngine;
import org.libcoop.WidgetStatus;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;

/** The directory as the pages are shown it. */
final class Demo {

    private Demo() {}

    /** Every widget with its page, and every operator. */
    static ObjectNode json(CoopEngine engine) {
        Directory directory = engine.directory();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode widgets = node.putArray("widgets");
        for (Widget widget : directory.widgets()) {
            widgets.add(head(
                            directory,
                            widget,
                            engine.widget(widget.id())
                                    .value()
                                    .filter(WidgetStatus::online)
                                    .isPresent())
                    .put("page", page(widget)));
        }
        ArrayNode operators = node.putArray("operators");
        directory.operators().forEach(operator -> operators.add(operator(directory, operator)));
        return node;
    }

    /** Where a widget's library page is. */
    static String page(Widget widget) {
        return "/library/"
                + URLEncoder.encode(widget.id().value(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ObjectNode head(Directory directory, Widget widget, boolean online) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", widget.id().value())
                .put("name", widget.name())
                .put("institution", name(directory, widget.institution()))
                .put("online", online);
    }

    private static ObjectNode operator(Directory directory, Operator operator) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("id", operator.id().value())
                .put("name", operator.displayName())
                .put("institution", name(directory, operator.institution()));
        List<Stage> stages = directory.stagesOf(operator.id()).stream()
                .sorted(Comparator.comparing((Stage stage) -> stage.option().id())
                        .thenComparing(Stage::backup))
                .toList();
        ArrayNode desks = node.putArray("desks");
        ArrayNode coops = node.putArray("coops");
        boolean backup = false;
        for (Stage stage : stages) {
            if (stage.option() instanceof Option.OfDepartment desk) {
                directory.department(desk.department()).ifPresent(found -> desks.add(found.name()));
            } else if (stage.option() instanceof Option.OfCoop coop) {
                coops.add(name(directory, coop.coop()));
                backup |= stage.backup();
            }
        }
        return node.put("backup", backup);
    }

    private static String name(Directory directory, InstitutionId id) {
        return directory.institution(id).map(Institution::name).orElse(id.value());
    }

    private static String name(Directory directory, CoopId id) {
        return directory.coop(id).map(coop -> coop.name()).orElse(id.value());
    }
}
