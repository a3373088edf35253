package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Post;
import org.libcoop.store.jdbc.Databases.Pooled;
import org.libcoop.testkit.junit.DiscussionsContract;

/** The contract of discussions on both databases, whatever state connections come in. */
class JdbcDiscussionsContractTest {

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnDatabase extends DiscussionsContract {

        private static final int ROUNDS = 20;
        private static final int WRITERS = 5;

        private final HikariDataSource database;

        OnDatabase(HikariDataSource database) {
            this.database = database;
        }

        @Override
        protected Discussions open() {
            Databases.empty(database);
            return JdbcDiscussions.open(database);
        }

        @Override
        protected Discussions another(Discussions opened) {
            return JdbcDiscussions.open(database);
        }

        /** DS1, DS9: nobody has a row to hold yet, neither who writes nor who erases. */
        @Test
        void manyBeginADiscussionWhileItIsErased() throws Exception {
            Discussions discussions = open();
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    Discussion begun = new Discussion(Discussion.Kind.ROOM, "begun in round " + round);
                    CyclicBarrier barrier = new CyclicBarrier(WRITERS + 1);
                    List<Callable<Boolean>> all = new ArrayList<>();
                    all.add(() -> {
                        barrier.await();
                        discussions.erase(begun);
                        return true;
                    });
                    for (int writer = 0; writer < WRITERS; writer++) {
                        Post post = post(begun, "by " + writer);
                        all.add(() -> {
                            barrier.await();
                            return discussions.add(post, List.of("subject")).seq() > 0;
                        });
                    }
                    for (Future<Boolean> done : threads.invokeAll(all)) {
                        assertThat(done.get()).isTrue();
                    }

                    List<Post> posts = discussions.read(begun, 1, Discussions.PAGE);
                    assertThat(posts)
                            .extracting(Post::seq)
                            .containsExactlyElementsOf(
                                    LongStream.rangeClosed(1, WRITERS).boxed().toList());
                    assertThat(posts).extracting(Post::text).containsOnlyNulls();
                }
            } finally {
                threads.shutdownNow();
            }
        }

        private static Post post(Discussion discussion, String id) {
            return new Post(
                    discussion, 0, id, OperatorId.of("olga"), InstitutionId.of("hill"), Instant.EPOCH, null, "text");
        }

        @AfterAll
        void close() {
            database.close();
        }
    }

    @Nested
    class OnH2 extends OnDatabase {
        OnH2() {
            super(Databases.h2InMemory(Pooled.USUAL));
        }
    }

    @Nested
    class OnH2WithoutAutoCommit extends OnDatabase {
        OnH2WithoutAutoCommit() {
            super(Databases.h2InMemory(new Pooled(false, "", 8)));
        }
    }

    @Nested
    class OnPostgres extends OnDatabase {
        OnPostgres() {
            super(Databases.postgres(Pooled.USUAL));
        }
    }

    @Nested
    class OnPostgresWithoutAutoCommit extends OnDatabase {
        OnPostgresWithoutAutoCommit() {
            super(Databases.postgres(new Pooled(false, "TRANSACTION_SERIALIZABLE", 8)));
        }
    }
}
