package org.libcoop.testkit.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;
import org.libcoop.testkit.SimulatedClock;
import org.libcoop.testkit.SimulatedCoop;
import org.libcoop.testkit.scenario.DirectoryYaml;

/**
 * Gives each test a kit of its own: a parameter of type {@link SimulatedCoop}, {@link SimulatedClock} or {@link CoopEngine}
 * of a test or of a method that runs before or after each test. The kit is closed after the test.
 *
 * <pre>{@code
 * @ExtendWith(CoopExtension.class)
 * class FallbackTest {
 *
 *     @Test
 *     void aMissedChatIsOfferedToTheCoop(SimulatedCoop coop, SimulatedClock clock) {
 *         coop.operator("ana").signsIn().monitors("reference");
 *         coop.operator("olga").signsIn().monitors("academic");
 *
 *         SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
 *         clock.advance(ofSeconds(15));
 *
 *         assertThat(chat).isOfferedTo("olga");
 *     }
 * }
 * }</pre>
 *
 * <p>Used so, the directory is the one named by {@link DirectoryFile}, or a small one: the reference desk of Springy
 * University ({@code reference} with {@code ana} and {@code ben}), the global co-op {@code academic} with {@code olga} of Hill
 * College and {@code maya} as backup, and the widget {@code databases} that goes from the desk to the co-op after 15 s. With
 * {@link #on} and {@code @RegisterExtension} it is any directory, start and store. Immutable and <em>safe for use by several
 * threads</em>: tests may run in parallel.
 */
public final class CoopExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(CoopExtension.class);
    private static final String EXAMPLE = "example-directory.yaml";

    private final @Nullable Directory directory;
    private final Instant start;
    private final Function<? super Clock, ? extends Store> stores;

    /** An extension on the directory that {@link DirectoryFile} names, or on the small one. */
    public CoopExtension() {
        this(null, SimulatedClock.DEFAULT_START, InMemoryStore::new);
    }

    private CoopExtension(
            @Nullable Directory directory, Instant start, Function<? super Clock, ? extends Store> stores) {
        this.directory = directory;
        this.start = start;
        this.stores = stores;
    }

    /** An extension on this directory. */
    public static CoopExtension on(Directory directory) {
        return new CoopExtension().with(Objects.requireNonNull(directory, "directory"));
    }

    private CoopExtension with(Directory other) {
        return new CoopExtension(other, start, stores);
    }

    /** The same with clocks that start at {@code instant}. */
    public CoopExtension startingAt(Instant instant) {
        return new CoopExtension(directory, Objects.requireNonNull(instant, "instant"), stores);
    }

    /** The same on stores that {@code factory} makes, an empty one for each test; the kit closes it. */
    public CoopExtension store(Function<? super Clock, ? extends Store> factory) {
        return new CoopExtension(directory, start, Objects.requireNonNull(factory, "factory"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getTestMethod().isPresent()
                && (type == SimulatedCoop.class || type == SimulatedClock.class || type == CoopEngine.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SimulatedCoop coop = context.getStore(NAMESPACE)
                .computeIfAbsent(SimulatedCoop.class, type -> kit(context), SimulatedCoop.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == SimulatedClock.class) {
            return coop.clock();
        }
        return type == CoopEngine.class ? coop.engine() : coop;
    }

    private SimulatedCoop kit(ExtensionContext context) {
        Directory given = directory == null ? read(context) : directory;
        return SimulatedCoop.builder(given).start(start).store(stores).build();
    }

    private static Directory read(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        DirectoryFile onMethod = context.getRequiredTestMethod().getAnnotation(DirectoryFile.class);
        Optional<DirectoryFile> named = Optional.ofNullable(onMethod).or(() -> onClass(test));
        return named.map(file -> read(test, file.value())).orElseGet(() -> read(CoopExtension.class, EXAMPLE));
    }

    /** Nested test classes have what the ones around them say. */
    private static Optional<DirectoryFile> onClass(@Nullable Class<?> test) {
        if (test == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(test.getAnnotation(DirectoryFile.class)).or(() -> onClass(test.getEnclosingClass()));
    }

    static Directory read(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no resource " + resource + " for " + beside.getName());
            }
            return DirectoryYaml.parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
