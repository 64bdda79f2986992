package io.secamo.processes.process;

import io.secamo.processes.api.plan.Plan;
import io.secamo.processes.approval.PlanDigest;
import io.secamo.processes.approval.PlanDigest.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives plans of one request the digest that votes name. It covers everything that people are
 * shown, so that another plan never has the votes of this one.
 *
 * @param uid of the request
 * @param asked what the request asks for, one a line
 * @param target id of what is changed: its name can be given to something else
 */
public record PlanDigester(String uid, List<String> asked, String target) {
  /** Keeps its own copy. */
  public PlanDigester {
    asked = List.copyOf(asked);
  }

  /** The plan with its digest, as if it replaced none. */
  public Plan digested(Plan plan) {
    PlanDigest digest = digest(plan, true);
    return new Plan(
        digest.shortForm(),
        digest.sha256(),
        plan.summary(),
        plan.effects(),
        plan.changes(),
        plan.gained(),
        plan.stillOpen(),
        plan.findings(),
        plan.risks(),
        plan.account(),
        plan.connection(),
        plan.policy(),
        plan.admission(),
        plan.basis(),
        null,
        plan.removes(),
        plan.computedAt());
  }

  /**
   * Whether a plan was made for this very target. The plan holds all that its digest was made of,
   * but for the target.
   */
  public boolean madeForThisTarget(Plan plan) {
    // Plans of earlier versions were for whatever has the name.
    return digest(plan, true).sha256().equals(plan.sha256())
        || digest(plan, false).sha256().equals(plan.sha256());
  }

  private PlanDigest digest(Plan plan, boolean withTarget) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("uid", List.of(uid)));
    parts.add(new Part("request", asked));
    parts.add(new Part("account", List.of(plan.account())));
    if (withTarget) {
      parts.add(new Part("group", List.of(target)));
    }
    parts.add(new Part("connection", List.of(String.valueOf(plan.connection()))));
    parts.add(new Part("policy", List.of(plan.policy())));
    parts.add(new Part("admission", List.of(String.valueOf(plan.admission()))));
    Plan.Basis basis = plan.basis();
    // Plans of earlier versions have none.
    if (basis != null) {
      parts.add(new Part("settings", List.of(basis.connection())));
      parts.add(new Part("gates", basis.gates()));
      parts.add(new Part("before", Optional.ofNullable(basis.before()).stream().toList()));
    }
    parts.add(new Part("effects", plan.effects()));
    parts.add(new Part("gained", orEmpty(plan.gained())));
    parts.add(new Part("findings", orEmpty(plan.findings())));
    Plan.Removes removes = plan.removes();
    if (removes != null) {
      parts.add(new Part("removes", List.of(removes.request(), removes.uid())));
      parts.add(new Part("lost", removes.lost()));
    }
    return PlanDigest.of(parts);
  }

  private static List<String> orEmpty(@Nullable List<String> lines) {
    return lines == null ? List.of() : lines;
  }
}
