package io.secamo.processes.firewall;

import io.secamo.processes.firewall.Lane.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * The port axis seen from the peers: each peer's longest unbroken stretches of ports. Where
 * segments are cut depends on what others may reach; a run does not.
 */
final class Runs {

  /** Peers whose reach begins and ends at the same ports. */
  record Run(PortRange ports, AddressSet peers) {
    int length() {
      return ports.high() - ports.low() + 1;
    }
  }

  private record Begun(int low, AddressSet peers) {}

  private final List<Run> ended = new ArrayList<>();
  private List<Begun> open = new ArrayList<>();

  private Runs() {}

  static List<Run> of(List<Segment> segments) {
    Runs runs = new Runs();
    AddressSet before = AddressSet.EMPTY;
    int next = -1;
    for (Segment segment : segments) {
      AddressSet now = segment.peers();
      AddressSet going = segment.low() == next ? now.and(before) : AddressSet.EMPTY;
      runs.end(before.minus(going), next - 1);
      runs.begin(now.minus(going), segment.low());
      before = now;
      next = segment.high() + 1;
    }
    runs.end(before, next - 1);
    return runs.ended;
  }

  private void begin(AddressSet peers, int low) {
    if (!peers.isEmpty()) {
      open.add(new Begun(low, peers));
    }
  }

  /** Ends the runs of some peers; most runs have none of them and are left as they are. */
  private void end(AddressSet peers, int high) {
    if (peers.isEmpty()) {
      return;
    }
    List<Begun> still = new ArrayList<>();
    for (Begun run : open) {
      AddressSet ends = run.peers().and(peers);
      AddressSet stays = ends.isEmpty() ? run.peers() : run.peers().minus(ends);
      if (!ends.isEmpty()) {
        ended.add(new Run(new PortRange(run.low(), high), ends));
      }
      if (!stays.isEmpty()) {
        still.add(new Begun(run.low(), stays));
      }
    }
    open = still;
  }
}
