package io.secamo.processes.connector.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer and hangs up as soon as it is longer than allowed, or there is no room for it.
 */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {
  /** What is read lies in twice as much, which grows by doubling. */
  static final int FOR_EACH_BYTE = 2;

  private final int limit;
  private final Room.Held room;
  private ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  LimitedBody(int limit, Room.Held room) {
    this.limit = limit;
    this.room = room;
  }

  /** The answer is longer than allowed. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong(int limit) {
      super("more than " + limit + " bytes");
    }
  }

  /** Too many long answers are in memory. */
  static final class NoRoom extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (buffer.remaining() > limit - read.size()) {
        hangUp(new TooLong(limit));
        return;
      }
      if (!room.more(FOR_EACH_BYTE * buffer.remaining())) {
        hangUp(new NoRoom());
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      read.writeBytes(bytes);
    }
    if (subscription != null) {
      subscription.request(1);
    }
  }

  private void hangUp(IOException why) {
    result.completeExceptionally(why);
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    byte[] all = read.toByteArray();
    read = new ByteArrayOutputStream(0);
    room.less((FOR_EACH_BYTE - 1) * all.length);
    result.complete(all);
  }
}
