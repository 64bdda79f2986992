package io.secamo.processes.contract;

import io.secamo.processes.api.Annotations;
import io.secamo.processes.api.KindName;
import io.secamo.processes.api.ProcessStatus;
import io.secamo.processes.engine.Guard;
import io.secamo.processes.engine.PassResult;
import io.secamo.processes.engine.ProcessEngine;
import io.secamo.processes.engine.procedure.Request;
import io.secamo.processes.engine.procedure.Request.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One process of {@link LoanProcedure}, with a clock that obeys. */
final class PlayedLoan implements Played, Guard<Loan> {
  private static final Instant BEGIN = Instant.parse("2027-01-04T09:00:00Z");
  private static final int MOST_PASSES = 10;

  final LoanWorld world = new LoanWorld();
  private final ProcessEngine<Loan> engine =
      new ProcessEngine<>(() -> new LoanProcedure(world, new OnlyPolicies()));
  private final Map<String, String> votes = new HashMap<>();
  private final Loan loan;
  private Instant now = BEGIN;
  private Wish wish = Wish.PROCEED;
  private ProcessStatus status;
  private boolean released;
  private int writes;

  PlayedLoan(Loan loan) {
    this.loan = loan;
  }

  @Override
  public void happens(Trouble trouble) {
    world.trouble = trouble;
  }

  @Override
  public void workAfter(Duration time) {
    now = now.plus(time);
    for (int passes = 0; passes < MOST_PASSES && !released && !settled(); passes++) {
      // It goes on at once.
    }
  }

  private boolean settled() {
    PassResult result = engine.pass(request(), status, this, now);
    if (!(result instanceof PassResult.Settled settled)) {
      return false;
    }
    if (settled.defect().isPresent()) {
      throw new AssertionError("a defect", settled.defect().get());
    }
    if (!settled.status().equals(status)) {
      checkpoint(settled.status());
    }
    released = settled.mayBeDeleted();
    return settled.wakeAt().filter(at -> !at.isAfter(now)).isEmpty();
  }

  private Request<Loan> request() {
    return new Request<>(
        new KindName("LoanRequest"),
        "uid-loan",
        "team-a",
        "loan",
        1,
        BEGIN,
        wish,
        "ann",
        Map.copyOf(votes),
        loan);
  }

  @Override
  public void approve() {
    String digest = status.plan().digest();
    votes.put(Annotations.APPROVE_PREFIX + "owner.1", "olga " + digest + " fine");
    votes.put(Annotations.APPROVE_PREFIX + "security.1", "sam " + digest + " fine");
  }

  @Override
  public void takeVotesBack() {
    votes.clear();
  }

  @Override
  public void wish(Wish wanted) {
    wish = wanted;
  }

  @Override
  public ProcessStatus status() {
    return status;
  }

  @Override
  public Set<String> made() {
    return Set.copyOf(world.made);
  }

  @Override
  public Set<String> standing() {
    return new LinkedHashSet<>(world.members.values());
  }

  @Override
  public int writes() {
    return writes;
  }

  @Override
  public int calls() {
    return world.calls;
  }

  @Override
  public void checkpoint(ProcessStatus next) {
    world.trouble.at(Point.BEFORE_IT_IS_STORED);
    status = next;
    writes++;
    world.trouble.at(Point.AFTER_IT_IS_STORED);
  }

  @Override
  public Optional<Request<Loan>> reread() {
    return released ? Optional.empty() : Optional.of(request());
  }

  @Override
  public void requireProtected() {}

  @Override
  public Instant now() {
    return now;
  }
}
