package io.secamo.processes.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.secamo.processes.connector.ConnectorFailure;
import io.secamo.processes.connector.http.json.JsonAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One outside system that speaks JSON over HTTP, at one address that never changes. Follows no
 * redirect, trusts certificates only, waits and reads within {@link Limits}, and turns whatever
 * goes wrong into a {@link ConnectorFailure} that names the system.
 */
public final class HttpEndpoint {
  /** The server knows no such method, and will not tomorrow (RFC 9110, section 15.6.2). */
  private static final int NOT_IMPLEMENTED = 501;

  /** A longer answer takes much more while it is taken apart. */
  private static final int LONG = 32 * 1024;

  /** Who takes a long answer apart waits for nobody outside: one for each processor is enough. */
  private static final Semaphore READING = new Semaphore(2);

  private final String system;
  private final BaseAddress base;
  private final Limits limits;
  private final Clock clock;
  private final Throttle throttle;
  private final Sockets.Trusting sockets;

  /**
   * Makes no call yet.
   *
   * @param product for messages, for example {@code Request Tracker}
   * @param address base address, https or on this machine
   * @param sockets to whom it trusts
   * @param limits deadlines and size
   * @param throttle what the system can take, shared by the endpoints of a connection
   * @param clock for the dates in answers
   * @throws ConnectorFailure.Refused if the address cannot be used
   */
  public HttpEndpoint(
      String product,
      String address,
      Sockets.Trusting sockets,
      Limits limits,
      Throttle throttle,
      Clock clock) {
    this.base = BaseAddress.of(address);
    this.system = product + " at " + base;
    this.limits = limits;
    this.throttle = throttle;
    this.clock = clock;
    this.sockets = sockets;
  }

  /** The base address. */
  public String address() {
    return base.toString();
  }

  /** Product and address, for messages. */
  public String system() {
    return system;
  }

  /**
   * Makes a call.
   *
   * @return a success, or any 4xx but 429
   * @throws ConnectorFailure for everything else; {@code Unknown} only if the call changes
   *     something
   */
  public Response send(Request request) {
    CallTime.check(system);
    throttle.enter(system, request.takesBack());
    Room.Held room = throttle.answer(request.takesBack());
    boolean answered = false;
    try {
      Response answer = call(request, room);
      // What the same question was answered before in this look is not needed any more.
      CallTime.atEnd(system + request.path(), room::giveBack);
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        room.giveBack();
      }
      throttle.leave(request.takesBack());
    }
  }

  private Response call(Request request, Room.Held room) {
    Outage outage = new Outage(system, base.https(), request);
    HttpResponse<byte[]> answer =
        request.changes()
            ? sockets.fresh(over -> answer(over, request, outage, room))
            : sockets.kept(over -> answer(over, request, outage, room));
    int length = answer.body().length;
    int weight = inTurn(length, () -> json(request, answer).weight());
    if (weight > 0 && !room.more(weight)) {
      throw outage.because(new LimitedBody.NoRoom());
    }
    Response judged = inTurn(length, () -> judged(request, outage, answer, weight));
    room.less(length);
    return judged;
  }

  private static <T> T inTurn(int length, Supplier<T> taken) {
    if (length < LONG) {
      return taken.get();
    }
    READING.acquireUninterruptibly();
    try {
      return taken.get();
    } finally {
      READING.release();
    }
  }

  private static JsonAnswer json(Request request, HttpResponse<byte[]> answer) {
    // What went wrong is looked for in all that is said.
    boolean success = answer.statusCode() < 300;
    return new JsonAnswer(text(answer), success ? request.kept() : Map.of());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> answer(
      HttpClient over, Request request, Outage outage, Room.Held room) {
    CompletableFuture<HttpResponse<byte[]>> call =
        over.sendAsync(outgoing(request), ignored -> new LimitedBody(limits.bytes(), room));
    try {
      // The client's own timeout ends with the headers; this one covers the body too.
      Duration own = limits.request();
      Duration most = request.isWaitedFor() ? own : CallTime.atMost(own);
      return call.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException broken) {
      throw outage.because(broken.getCause() == null ? broken : broken.getCause());
    } catch (TimeoutException late) {
      throw outage.because(late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw outage.lost("we were stopped while waiting", stopped);
    } finally {
      call.cancel(true);
    }
  }

  private HttpRequest outgoing(Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(base.resolve(request.path()))
            .setHeader("User-Agent", "process-orchestrator")
            .setHeader("Accept", "application/json");
    request.headers().forEach(builder::setHeader);
    if (request.changes()) {
      Sockets.closing(builder);
    }
    JsonNode body = request.body();
    if (body == null) {
      return builder.method(request.method(), HttpRequest.BodyPublishers.noBody()).build();
    }
    return builder
        .setHeader("Content-Type", "application/json; charset=utf-8")
        .method(request.method(), HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  private Response judged(Request request, Outage outage, HttpResponse<byte[]> answer, int weight) {
    int status = answer.statusCode();
    if (status >= 300 && status < 400) {
      throw new ConnectorFailure.Refused(elsewhere(answer));
    }
    String text = text(answer);
    JsonNode body = weight == JsonAnswer.NONE ? null : json(request, answer).read();
    String words = looksLikeAPage(answer, text) ? Response.PAGE : words(request, said(body, text));
    if (status == 429) {
      Duration wait =
          RetryAfter.of(answer.headers().firstValue("retry-after").orElse(null), clock.instant());
      throttle.closedFor(wait);
      throw new ConnectorFailure.Throttled(
          system + " asks us to wait " + wait.toSeconds() + " s", wait);
    }
    String shown = "HTTP " + status + (words.isEmpty() ? "" : ", " + words);
    if (status == NOT_IMPLEMENTED) {
      throw outage.unusable("answered with " + shown + ": is the endpoint right?");
    }
    if (status >= 500 || status == 408) {
      throw outage.lost(shown, null);
    }
    if (status < 300 && body == null) {
      throw notJson(outage, answer, text);
    }
    return new Response(
        status,
        body == null ? MissingNode.getInstance() : body,
        headers(answer),
        words,
        answer.body().length);
  }

  private static String words(Request request, String said) {
    return request.signsIn() ? "" : VendorText.shown(said, request.secrets());
  }

  private static ConnectorFailure notJson(Outage outage, HttpResponse<byte[]> answer, String text) {
    return looksLikeAPage(answer, text)
        ? outage.unusable("answered with a web page instead of JSON: is the endpoint right?")
        : outage.lost("the answer is not whole JSON", null);
  }

  private static boolean looksLikeAPage(HttpResponse<byte[]> answer, String text) {
    String type = answer.headers().firstValue("content-type").orElse("");
    return type.toLowerCase(Locale.ROOT).startsWith("text/html")
        || text.stripLeading().startsWith("<");
  }

  private static String said(@Nullable JsonNode body, String text) {
    return body == null ? text : VendorText.of(body);
  }

  private static Map<String, String> headers(HttpResponse<byte[]> answer) {
    Map<String, String> first = new TreeMap<>();
    answer
        .headers()
        .map()
        .forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return first;
  }

  /**
   * What a redirect means. Of its target only scheme and host are told: the rest may hold a
   * session. One to another page of the same server is what another product answers.
   */
  private String elsewhere(HttpResponse<byte[]> answer) {
    String server = "";
    try {
      URI target = URI.create(answer.headers().firstValue("location").orElse(""));
      if (base.sameServer(target)) {
        return "there is no "
            + system
            + ": it answered with a redirect (HTTP "
            + answer.statusCode()
            + "). Is the endpoint right?";
      }
      server = target.getHost() == null ? "" : " (" + shown(target) + ")";
    } catch (IllegalArgumentException unreadable) {
      // Then it is told without its target.
    }
    return system
        + " sends us elsewhere"
        + server
        + ", and we follow nobody: set the endpoint to the right address";
  }

  private static String shown(URI target) {
    String server = target.getHost() + (target.getPort() < 0 ? "" : ":" + target.getPort());
    return VendorText.line(100, target.getScheme() + "://" + server);
  }

  @Override
  public String toString() {
    return system;
  }
}
