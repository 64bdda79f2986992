package io.secamo.processes.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secamo.processes.firewall.AddressSet.Range;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets of addresses against a judge that ticks off every address of a small universe. */
class AddressSetTest {
  private static final int ADDRESSES = 24;

  @ParameterizedTest
  @ValueSource(longs = {2, 20270106})
  void setsHoldExactlyTheAddressesThatTheyShould(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      BitSet one = new BitSet();
      BitSet other = new BitSet();
      AddressSet here = ticked(random, one);
      AddressSet there = ticked(random, other);
      String as = here + " and " + there;
      assertThat(here.plus(there)).as(as).isEqualTo(set(or(one, other)));
      assertThat(here.minus(there)).as(as).isEqualTo(set(andNot(one, other)));
      assertThat(here.and(there)).as(as).isEqualTo(set(andNot(one, andNot(one, other))));
      assertThat(here.isEmpty()).as(as).isEqualTo(one.isEmpty());
      assertThat(here.size()).as(as).isEqualTo(one.cardinality());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 20270107})
  void networksSayASetWithoutAddingOrLosingAnAddress(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      AddressSet set = ticked(random, new BitSet());
      List<Cidr> networks = set.networks(false);
      assertThat(AddressSet.of(networks)).isEqualTo(set);
      assertThat(networks).isSorted().doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 0.0.0.0/0",
    "255.255.255.255/32, 255.255.255.255/32",
    "128.0.0.0/1, 128.0.0.0/1",
    "::/0, ::/0",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
  })
  void theEndsOfTheAddressSpaceAreNetworksToo(String network, String said) {
    Cidr cidr = Cidr.parse(network);
    assertThat(AddressSet.of(cidr).networks(cidr.ipv6()))
        .extracting(Cidr::text)
        .containsExactly(said);
  }

  @Test
  void aRangeThatGoesBackwardsIsRefused() {
    assertThatThrownBy(() -> range(2, 1)).hasMessage("a range goes from low to high");
  }

  private static AddressSet ticked(Random random, BitSet ticks) {
    List<Range> ranges = new ArrayList<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      int low = random.nextInt(ADDRESSES);
      int high = low + random.nextInt(Math.min(5, ADDRESSES - low));
      ticks.set(low, high + 1);
      ranges.add(range(low, high));
    }
    return new AddressSet(ranges);
  }

  /** One range for each unbroken stretch of ticks: the oracle, as plain as can be. */
  private static AddressSet set(BitSet ticks) {
    List<Range> ranges = new ArrayList<>();
    for (int low = ticks.nextSetBit(0); low >= 0; ) {
      int end = ticks.nextClearBit(low);
      ranges.add(range(low, end - 1));
      low = ticks.nextSetBit(end);
    }
    return new AddressSet(ranges);
  }

  private static BitSet or(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.or(other);
    return both;
  }

  private static BitSet andNot(BitSet one, BitSet other) {
    BitSet left = (BitSet) one.clone();
    left.andNot(other);
    return left;
  }

  private static Range range(int low, int high) {
    return new Range(BigInteger.valueOf(low), BigInteger.valueOf(high));
  }
}
