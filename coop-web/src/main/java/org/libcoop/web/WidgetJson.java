package org.libcoop.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.libcoop.WidgetStatus;
import org.libcoop.directory.Directory;
import org.libcoop.directory.FormField;
import org.libcoop.directory.Institution;
import org.libcoop.directory.Widget;

/** A widget as the page it stands on is told of it. */
final class WidgetJson {

    private WidgetJson() {}

    static ObjectNode of(Directory directory, WidgetStatus status, String socketPath) {
        Widget widget = status.widget();
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("id", widget.id().value())
                .put("name", widget.name())
                .put(
                        "institution",
                        directory
                                .institution(widget.institution())
                                .map(Institution::name)
                                .orElse(widget.institution().value()))
                .put("online", status.online())
                .put("socket", socketPath);
        node.putObject("texts")
                .put("waiting", widget.texts().waiting())
                .put("stillWaiting", widget.texts().stillWaiting())
                .put("offline", widget.texts().offline())
                .put("ended", widget.texts().ended());
        node.putObject("fields")
                .put("name", word(widget.nameField()))
                .put("email", word(widget.emailField()))
                .put("question", word(widget.questionField()));
        widget.privacyNotice().ifPresent(notice -> node.put("privacyNotice", notice));
        return node.put("consentRequired", widget.consentRequired());
    }

    private static String word(FormField field) {
        return field.name().toLowerCase(Locale.ROOT);
    }
}
