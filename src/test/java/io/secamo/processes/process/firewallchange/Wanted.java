package io.secamo.processes.process.firewallchange;

import io.secamo.processes.api.firewall.FirewallChangeSpec;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Adoption;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Direction;
import io.secamo.processes.api.firewall.FirewallChangeSpec.OnDelete;
import io.secamo.processes.api.firewall.FirewallChangeSpec.Protocol;
import java.time.Instant;
import java.util.List;

/** What a requester asks for in the tests: tcp 443 for a partner, unless said otherwise. */
public record Wanted(
    String port,
    String peer,
    Instant notBefore,
    Instant expiresAt,
    String expiresAfter,
    Adoption adoption,
    OnDelete onDelete) {
  public Wanted() {
    this("443", "203.0.113.0/24", null, null, null, Adoption.REFERENCE, OnDelete.RETAIN);
  }

  public Wanted ports(String other) {
    return new Wanted(other, peer, notBefore, expiresAt, expiresAfter, adoption, onDelete);
  }

  public Wanted from(String other) {
    return new Wanted(port, other, notBefore, expiresAt, expiresAfter, adoption, onDelete);
  }

  FirewallChangeSpec because(String why) {
    FirewallChangeSpec all = build();
    return new FirewallChangeSpec(
        all.connection(),
        all.target(),
        all.rules(),
        all.ticket(),
        why,
        notBefore,
        expiresAt,
        expiresAfter,
        adoption,
        onDelete,
        null,
        null,
        null,
        null);
  }

  /** The removal of what a request of that name opened, who asked for the same. */
  FirewallChangeSpec removing(String name) {
    return removing(name, build());
  }

  static FirewallChangeSpec removing(String name, FirewallChangeSpec all) {
    return new FirewallChangeSpec(
        all.connection(),
        all.target(),
        all.rules(),
        all.ticket(),
        "The shop has moved",
        null,
        null,
        null,
        Adoption.REFERENCE,
        OnDelete.RETAIN,
        null,
        name,
        null,
        null);
  }

  FirewallChangeSpec expiringAfter(String text) {
    return new Wanted(port, peer, notBefore, null, text, adoption, onDelete).build();
  }

  FirewallChangeSpec expiringAt(Instant when) {
    return new Wanted(port, peer, notBefore, when, null, adoption, onDelete).build();
  }

  FirewallChangeSpec notBefore(Instant when) {
    return new Wanted(port, peer, when, expiresAt, expiresAfter, adoption, onDelete).build();
  }

  FirewallChangeSpec adoption(Adoption other) {
    return new Wanted(port, peer, notBefore, expiresAt, expiresAfter, other, onDelete).build();
  }

  FirewallChangeSpec onDelete(OnDelete other) {
    return new Wanted(port, peer, notBefore, expiresAt, expiresAfter, adoption, other).build();
  }

  public FirewallChangeSpec build() {
    return ticket(new FirewallChangeSpec.Ticket("sandbox", null, "ACME", null));
  }

  FirewallChangeSpec ticket(FirewallChangeSpec.Ticket ticket) {
    return build(
        ticket,
        new FirewallChangeSpec.Rule(
            "partner", Direction.INGRESS, Protocol.TCP, List.of(port), List.of(peer), null));
  }

  FirewallChangeSpec rules(FirewallChangeSpec.Rule... rules) {
    return build(new FirewallChangeSpec.Ticket("sandbox", null, "ACME", null), rules);
  }

  private FirewallChangeSpec build(
      FirewallChangeSpec.Ticket ticket, FirewallChangeSpec.Rule... rules) {
    return new FirewallChangeSpec(
        "sandbox",
        new FirewallChangeSpec.Target("web"),
        List.of(rules),
        ticket,
        "Partner test",
        notBefore,
        expiresAt,
        expiresAfter,
        adoption,
        onDelete,
        null,
        null,
        null,
        null);
  }
}
