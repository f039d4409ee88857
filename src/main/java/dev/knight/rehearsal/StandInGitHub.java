package dev.knight.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * A GitHub of one's own on 127.0.0.1: the part of the REST interface that knight uses, and git over
 * smart HTTP from real bare repositories. It keeps state, checks tokens and permissions, and
 * answers in GitHub's shapes, status codes and headers; what it holds is its {@link World}. Faults
 * can be injected and every request is logged.
 */
public final class StandInGitHub implements AutoCloseable {
  private final World world;
  private final Faults faults = new Faults();
  private final Traffic traffic = new Traffic();
  private final RateLimits limits;
  private final LoopbackServer server;

  private StandInGitHub(World world, LoopbackServer server) {
    this.world = world;
    this.limits = new RateLimits(world.register());
    this.server = server;
  }

  /** Starts on a free port with the clock of the machine. */
  public static StandInGitHub start(Path directory) throws IOException {
    return start(directory, 0, InstantSource.system());
  }

  /**
   * Starts.
   *
   * @param directory where the bare repositories are put; made if it is missing
   * @param port the port to listen on, 0 for a free one
   * @param clock gives all times, that of the {@code Date} header too
   */
  public static StandInGitHub start(Path directory, int port, InstantSource clock)
      throws IOException {
    World world = new World(Files.createDirectories(directory), clock);
    StandInGitHub standIn = new StandInGitHub(world, LoopbackServer.bind(port));
    standIn.open();
    return standIn;
  }

  private void open() {
    RestSite rest = new RestSite(world, Urls.on(server.url()), limits);
    server.serve(new FrontDoor(world, faults, traffic, rest));
  }

  /** Where the pages and clone addresses start, without a slash at the end. */
  public URI webUrl() {
    return URI.create(server.url());
  }

  /** Where the REST interface starts: what goes into {@code knight.github.api-url}. */
  public URI apiUrl() {
    return URI.create(server.url() + Urls.API_PATH);
  }

  /** What it holds. */
  public World world() {
    return world;
  }

  /** Lets something go wrong with requests to come. */
  public void inject(Fault fault) {
    faults.inject(fault);
  }

  /** Takes back all faults that have not struck yet. */
  public void clearFaults() {
    faults.clear();
  }

  /** Lets things go wrong by chance from now on, and lists be behind. */
  public void weather(Weather weather) {
    faults.weather(weather);
    world.register().lag(weather.readLag());
  }

  /** Sets the hourly quota of each account; 5000 at first. */
  public void limitRequests(int requestsAnHour) {
    limits.limit(requestsAnHour);
  }

  /** All requests so far, oldest first: the last 100,000 of them. */
  public List<SeenRequest> requests() {
    return traffic.requests();
  }

  /** Empties the log of requests. */
  public void forgetRequests() {
    traffic.forget();
  }

  /** Shows each REST exchange from now on, after it was decided and before it is sent. */
  public void observe(Consumer<Exchange> observer) {
    traffic.observe(observer);
  }

  /** Stops at once; the bare repositories stay on disk. */
  @Override
  public void close() throws IOException {
    server.close();
    world.close();
  }
}
