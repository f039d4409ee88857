package dev.knight.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Celery with two workers and a Redis that waits for the disk before each answer: what is enqueued
 * survives a power cut.
 */
final class Celery implements AutoCloseable {
  private final Daemon redis;
  private final Daemon worker;

  private Celery(Daemon redis, Daemon worker) {
    this.redis = redis;
    this.worker = worker;
  }

  /** Starts both, and returns when the workers are ready. */
  static Celery start(Place place, Path peers, int port) throws IOException, InterruptedException {
    Daemon redis = redis(place, peers, port);
    try {
      List<String> words = new ArrayList<>(python());
      words.addAll(List.of("-m", "celery", "-A", "noop", "worker", "--concurrency", "2"));
      words.addAll(List.of("--loglevel", "INFO"));
      Command command = place.command(environment(place, peers, port), "celery", words);
      return new Celery(redis, Daemon.start(command, line -> line.strip().endsWith(" ready.")));
    } catch (IOException | InterruptedException | RuntimeException failed) {
      redis.close();
      throw failed;
    }
  }

  private static Daemon redis(Place place, Path peers, int port)
      throws IOException, InterruptedException {
    List<String> words =
        List.of(
            peers.resolve("usr/bin/redis-server").toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            place.directory("redis").toString(),
            "--appendonly",
            "yes",
            "--appendfsync",
            "always");
    return Daemon.start(
        place.command(libraries(peers), "redis", words),
        line -> line.contains("Ready to accept connections"));
  }

  /** What a Python program with Celery needs in its environment. */
  static Map<String, String> environment(Place place, Path peers, int port) {
    return Map.of(
        "PYTHONPATH",
        place.root().resolve("bench/celery") + ":" + peers.resolve("usr/lib/python3/dist-packages"),
        "BENCH_REDIS",
        "redis://127.0.0.1:" + port + "/0",
        "BENCH_STARTS",
        place.work().resolve("celery-starts").toString());
  }

  private static Map<String, String> libraries(Path peers) {
    String all =
        "usr/lib/" + System.getProperty("os.arch").replace("amd64", "x86_64") + "-linux-gnu";
    return Map.of("LD_LIBRARY_PATH", peers.resolve(all).toString());
  }

  /** Debian's own, for which the packages are. */
  static List<String> python() {
    return List.of("/usr/bin/python3");
  }

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What both use together. */
  List<Usage> usage() {
    return List.of(redis.usage(), worker.usage());
  }

  @Override
  public void close() {
    worker.close();
    redis.close();
  }
}
