package io.secamo.processes.kubernetes.reading;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
  private final SharedReads<Integer> reads = new SharedReads<>();
  private final AtomicInteger count = new AtomicInteger();

  /** The first reading is under way until it may end. */
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  private final CountDownLatch began = new CountDownLatch(1);

  @Test
  void nobodyGetsAReadingThatBeganBeforeTheQuestion() throws Exception {
    CompletableFuture<Integer> first = first();
    began.await(5, SECONDS);

    List<Asking> later =
        IntStream.range(0, 100).mapToObj(i -> ask(count::incrementAndGet)).toList();
    awaitTurn(later);
    mayEnd.countDown();

    assertThat(first.get(5, SECONDS)).isEqualTo(1);
    assertThat(later).allSatisfy(asking -> assertThat(asking.answer.get(5, SECONDS)).isEqualTo(2));
    assertThat(count).as("readings for 101 questions").hasValue(2);
  }

  @Test
  void whatCannotBeReadIsToldToEverybodyAndTriedAgainByTheNext() throws Exception {
    CompletableFuture<Integer> first = first();
    began.await(5, SECONDS);
    Supplier<Integer> broken =
        () -> {
          throw new IllegalStateException("no answer " + count.incrementAndGet());
        };
    List<Asking> later = List.of(ask(broken), ask(broken));
    awaitTurn(later);
    mayEnd.countDown();

    assertThat(first.get(5, SECONDS)).isEqualTo(1);
    assertThat(later)
        .allSatisfy(
            asking ->
                assertThatThrownBy(() -> asking.answer.get(5, SECONDS))
                    .hasRootCauseMessage("no answer 2"));
    assertThat(reads.read("policies", () -> 7)).isEqualTo(7);
  }

  /** It was taken for a failure like any other, and an operator without memory went on somehow. */
  @Test
  void whatEndsTheOperatorEndsItAlsoHere() {
    Error end = new OutOfMemoryError("no room");
    assertThatThrownBy(
            () ->
                reads.read(
                    "policies",
                    () -> {
                      throw end;
                    }))
        .isSameAs(end);
  }

  @Test
  void differentThingsDoNotWaitForEachOther() throws Exception {
    CompletableFuture<Integer> first = first();
    began.await(5, SECONDS);
    assertThat(reads.read("windows", () -> 7)).isEqualTo(7);
    mayEnd.countDown();
    assertThat(first.get(5, SECONDS)).isEqualTo(1);
  }

  private CompletableFuture<Integer> first() {
    return ask(() -> {
          began.countDown();
          try {
            assertThat(mayEnd.await(5, SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return count.incrementAndGet();
        })
        .answer;
  }

  private record Asking(Thread thread, CompletableFuture<Integer> answer) {}

  /** Until they have asked and wait for the answer. */
  private static void awaitTurn(List<Asking> all) {
    Awaitility.await()
        .until(() -> all.stream().allMatch(one -> one.thread.getState() == Thread.State.WAITING));
  }

  private Asking ask(Supplier<Integer> how) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    answer.complete(reads.read("policies", how));
                  } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                  }
                });
    return new Asking(thread, answer);
  }
}
