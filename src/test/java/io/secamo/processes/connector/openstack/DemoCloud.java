package io.secamo.processes.connector.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.secamo.processes.api.orchestrator.ConnectionSpec;
import io.secamo.processes.connector.ConnectionSettings;
import io.secamo.processes.connector.FirewallProvider;
import io.secamo.processes.connector.http.HttpEndpoint;
import io.secamo.processes.connector.http.Limits;
import io.secamo.processes.connector.http.Request;
import io.secamo.processes.connector.http.Sockets;
import io.secamo.processes.connector.http.Throttle;
import io.secamo.processes.systems.LossyProxy;
import io.secamo.processes.systems.RealSystems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The project demo of the real OpenStack, seen through proxies that count and misbehave. */
final class DemoCloud implements AutoCloseable {
  private final Map<String, String> env = RealSystems.openStack();
  private final MovableClock clock = new MovableClock();
  private final List<LossyProxy> proxies = new ArrayList<>();
  private final LossyProxy keystone = proxy(Map.of());
  private final KeystoneSession session =
      session(credentials(Map.of()), env.get("OS_AUTH_URL"), Limits.DEFAULT);

  private LossyProxy proxy(Map<String, String> rewrites) {
    LossyProxy proxy = LossyProxy.before(env.get("OS_AUTH_URL"), rewrites);
    proxies.add(proxy);
    return proxy;
  }

  String keystone() {
    return keystone.address();
  }

  List<String> keystoneCalls() {
    return proxies.stream().flatMap(proxy -> proxy.seen().stream()).toList();
  }

  MovableClock clock() {
    return clock;
  }

  /** A session of its own, for what others do. */
  KeystoneSession session() {
    return session;
  }

  /** One that reads no answer longer than this. */
  KeystoneSession sessionReading(int bytes) {
    Limits usual = Limits.DEFAULT;
    return session(
        credentials(Map.of()),
        env.get("OS_AUTH_URL"),
        new Limits(usual.connect(), usual.request(), bytes));
  }

  String neutron() {
    try {
      return "http://127.0.0.1:"
          + Files.readString(RealSystems.openStackFolder().resolve("neutron.port")).strip();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  LossyProxy beforeNeutron() {
    return LossyProxy.before(neutron());
  }

  FirewallProvider connect() {
    return connect(Map.of());
  }

  FirewallProvider connect(Map<String, String> changed) {
    return connect(keystone.address(), null, changed);
  }

  FirewallProvider connectIn(String region) {
    return connect(keystone.address(), region, Map.of());
  }

  FirewallProvider connectTo(String address) {
    return connect(address, null, Map.of());
  }

  FirewallProvider connectThrough(LossyProxy neutron) {
    return connectWithNeutronAt(neutron.address());
  }

  FirewallProvider connectWithNeutronAt(String address) {
    return connect(proxy(Map.of(neutron(), address)).address(), null, Map.of());
  }

  private FirewallProvider connect(
      String address, @Nullable String region, Map<String, String> changed) {
    ConnectionSpec spec =
        new ConnectionSpec(
            ConnectionSpec.Type.OPEN_STACK,
            address,
            new ConnectionSpec.SecretRef("cloud"),
            null,
            new ConnectionSpec.OpenStack(region),
            null,
            null,
            null);
    return new OpenStackFactory(clock)
        .connect(new ConnectionSettings("team-a", "cloud", spec, credentials(changed)))
        .firewall()
        .orElseThrow();
  }

  private Map<String, String> credentials(Map<String, String> changed) {
    Map<String, String> credentials = new HashMap<>();
    credentials.put("username", env.get("OS_USERNAME"));
    credentials.put("password", env.get("OS_PASSWORD"));
    credentials.put("projectName", env.get("OS_PROJECT_NAME"));
    credentials.putAll(changed);
    return credentials;
  }

  /** Sets the project's quota of rules, as the administrator; null for the usual. */
  void limitRules(@Nullable Integer rules) {
    Map<String, String> admin =
        Map.of("username", "admin", "password", password(), "projectName", "admin");
    KeystoneSession session = session(credentials(admin), env.get("OS_AUTH_URL"), Limits.DEFAULT);
    String path = "/v2.0/quotas/" + this.session.project().id();
    var quota = JsonNodeFactory.instance.objectNode();
    Request request = Request.delete(path);
    if (rules != null) {
      quota.putObject("quota").put("security_group_rule", rules);
      request = Request.put(path, quota);
    }
    session.send(request).orRefuse("test");
  }

  private static String password() {
    try {
      return Files.readAllLines(RealSystems.openStackFolder().resolve("passwords")).stream()
          .filter(line -> line.startsWith("ADMIN="))
          .findFirst()
          .orElseThrow()
          .substring("ADMIN=".length());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static KeystoneSession session(
      Map<String, String> credentials, String address, Limits limits) {
    Clock clock = Clock.systemUTC();
    return new KeystoneSession(
        new HttpEndpoint(
            "OpenStack Keystone",
            address,
            new Sockets(limits).trusting(null),
            limits,
            new Throttle(null, "team-a", clock),
            clock),
        new Credentials(
            credentials.get("username"),
            credentials.get("password"),
            credentials.get("projectName"),
            "Default",
            "Default"),
        new Catalog(
            null,
            url ->
                new HttpEndpoint(
                    "OpenStack Neutron",
                    url,
                    new Sockets(limits).trusting(null),
                    limits,
                    new Throttle(null, "team-a", clock),
                    clock)),
        clock);
  }

  @Override
  public void close() {
    proxies.forEach(LossyProxy::close);
  }

  /** Real time and what a test adds to it. */
  static final class MovableClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void advance(Duration by) {
      ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
