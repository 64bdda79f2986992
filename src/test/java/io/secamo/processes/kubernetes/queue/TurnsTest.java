package io.secamo.processes.kubernetes.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.secamo.processes.kubernetes.queue.Turns.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // Who is not let through would wait for ever.
class TurnsTest {
  private static final Runnable NOBODY = () -> {};

  private final Turns turns = new Turns();

  @Test
  void whatShouldHaveBeenRemovedWhileTheOperatorWasDownDoesNotWaitBehindTheRest() {
    List<Turn> places = allPlaces();
    CompletableFuture<Turn> waiting = comes("team-c", new AtomicBoolean());

    turns.await("team-c", () -> true, NOBODY).close();
    turns.await("team-a", () -> true, NOBODY).close();

    assertThat(waiting).as("somebody whose time has not come").isNotDone();
    places.get(0).close();
    assertThat(waiting).succeedsWithin(5, TimeUnit.SECONDS);
  }

  /** The others may stand in front of systems that do not answer, for as long as they like. */
  @Test
  void whoseEndComesOrIsAskedForWhileItWaitsDoesNotWaitOn() {
    List<Turn> places = allPlaces();
    AtomicBoolean withdrawn = new AtomicBoolean();
    CompletableFuture<Turn> waiting = comes("team-a", withdrawn);
    CompletableFuture<Turn> next = comes("team-a", new AtomicBoolean());
    withdrawn.set(true);

    assertThat(waiting).succeedsWithin(30, TimeUnit.SECONDS);
    waiting.join().close();
    assertThat(next).as("who goes past gives nobody a place").isNotDone();
    assertThat(places).hasSize(Turns.AT_A_TIME);
  }

  /** Its requests may all stand in front of a system of its own that takes half a minute. */
  @Test
  void oneCustomerLeavesRoomForTheOthers() {
    List<Turn> places = places("team-b", Turns.OF_ONE_NAMESPACE);
    CompletableFuture<Turn> oneMore = comes("team-b", new AtomicBoolean());

    turns.await("team-a", () -> false, NOBODY).close();

    assertThat(oneMore).isNotDone();
    places.get(0).close();
    assertThat(oneMore).succeedsWithin(5, TimeUnit.SECONDS);
  }

  @Test
  void whoCameFirstIsLetInFirst() {
    List<Turn> places = allPlaces();
    CompletableFuture<Turn> first = comes("team-c", new AtomicBoolean());
    CompletableFuture<Turn> second = comes("team-c", new AtomicBoolean());

    places.get(0).close();

    assertThat(first).succeedsWithin(5, TimeUnit.SECONDS);
    assertThat(second).isNotDone();
    first.join().close();
    assertThat(second).succeedsWithin(5, TimeUnit.SECONDS);
  }

  /** Each stands in front of a system of its own that never answers, and keeps a thread there. */
  @Test
  void twoHundredRemovalsOfOneCustomerLeaveRoomForThoseOfTheOthers() {
    places("team-b", Turns.OF_ONE_NAMESPACE);
    places("team-c", Turns.AT_A_TIME - Turns.OF_ONE_NAMESPACE);
    List<CompletableFuture<Turn>> many = removals("team-b", 200);

    List<Turn> others = new ArrayList<>();
    for (int i = 0; i < Turns.KEPT / 4; i++) {
      others.add(turns.await("team-a", () -> true, NOBODY));
    }

    assertThat(many).filteredOn(CompletableFuture::isDone).hasSize(Turns.KEPT / 2);
    others.forEach(Turn::close);
    many.stream().filter(CompletableFuture::isDone).toList().get(0).join().close();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(many).filteredOn(CompletableFuture::isDone).hasSize(Turns.KEPT / 2 + 1));
  }

  /** Whoever has several namespaces gets less with each. */
  @Test
  void removalsOfThreeNamespacesLeaveRoomForThoseOfAFourth() {
    allPlaces();
    for (String namespace : List.of("team-b", "team-c", "team-d")) {
      removals(namespace, Turns.KEPT);
    }

    turns.await("team-e", () -> true, NOBODY).close();
  }

  @Test
  void thatARemovalStillWaitsIsToldWhileItWaits() throws InterruptedException {
    allPlaces();
    removals("team-a", Turns.KEPT / 2);
    CountDownLatch told = new CountDownLatch(1);

    Thread waiting =
        Thread.ofPlatform()
            .daemon()
            .start(() -> turns.await("team-a", () -> true, told::countDown));

    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(waiting.isAlive()).isTrue();
  }

  /** Those of them that get no turn wait on when the test is over. */
  private List<CompletableFuture<Turn>> removals(String namespace, int many) {
    List<CompletableFuture<Turn>> removals = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      CompletableFuture<Turn> turn = new CompletableFuture<>();
      removals.add(turn);
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(() -> turn.complete(turns.await(namespace, () -> true, NOBODY))));
    }
    Awaitility.await()
        .until(
            () ->
                threads.stream()
                    .map(Thread::getState)
                    .allMatch(
                        state ->
                            state == Thread.State.TIMED_WAITING
                                || state == Thread.State.TERMINATED));
    return removals;
  }

  private CompletableFuture<Turn> comes(String namespace, AtomicBoolean due) {
    CompletableFuture<Turn> turn = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform().start(() -> turn.complete(turns.await(namespace, due::get, NOBODY)));
    Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return turn;
  }

  private List<Turn> allPlaces() {
    List<Turn> places = places("team-a", Turns.OF_ONE_NAMESPACE);
    places.addAll(places("team-b", Turns.AT_A_TIME - Turns.OF_ONE_NAMESPACE));
    return places;
  }

  private List<Turn> places(String namespace, int many) {
    List<Turn> places = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      places.add(turns.await(namespace, () -> false, NOBODY));
    }
    return places;
  }
}
