package org.libcoop.browser;

import com.microsoft.playwright.Browser;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the JVM's Chromium to tests that ask for a {@link Browser}, started by the first of them and closed after the
 * last. Without a Chromium the tests are skipped and say why, unless {@code browser.required} is {@code true}.
 */
final class ChromiumExtension implements ExecutionCondition, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ChromiumExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Path> executable = Chromium.executable();
        if (executable.isPresent()) {
            return ConditionEvaluationResult.enabled("Chromium is " + executable.get());
        }
        String reason = "no Chromium on PATH; install one or name it with -Dbrowser.executable=PATH";
        if (Boolean.getBoolean("browser.required")) {
            throw new IllegalStateException("browser.required is set, but there is " + reason);
        }
        System.out.println("Skipped: " + context.getDisplayName() + ": " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        Chromium.class,
                        key -> Chromium.start(Chromium.executable().orElseThrow()),
                        Chromium.class)
                .browser();
    }
}
