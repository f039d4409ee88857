package dev.knight.bridge;

import dev.knight.pi.RecordReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * pi, running on sockets.
 *
 * <p>On pipes, whatever runs under pi could open {@code /proc/PID/fd/1} and put records of its own
 * between pi's; a socket cannot be opened that way. One pair for each direction: Java hands a
 * descriptor to a child once only, and closing pi's input must not close its output.
 */
final class PiProcess {
  /** How long pi has for each stage of its end. */
  private static final int PATIENCE_SECONDS = 5;

  private final Process process;
  private final String mark;
  private final AFUNIXSocketChannel stdin;
  private final AFUNIXSocketChannel stdout;
  private final StderrTail stderr;
  private final Thread stderrDrain;
  private final BlockingQueue<Optional<byte[]>> commands = new LinkedBlockingQueue<>();
  private boolean ended;

  private PiProcess(
      Process process,
      String mark,
      AFUNIXSocketChannel stdin,
      AFUNIXSocketChannel stdout,
      StderrTail stderr) {
    this.process = process;
    this.mark = mark;
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
    this.stderrDrain = daemon("stderr", () -> stderr.drain(process.getErrorStream()));
    daemon("stdin", this::feed);
  }

  /** Starts it as {@code plan} says; its standard error also goes to the file {@code stderr}. */
  static PiProcess start(BridgePlan plan, Path stderr) throws IOException {
    AFUNIXSocketPair<AFUNIXSocketChannel> in = AFUNIXSocketPair.open();
    AFUNIXSocketPair<AFUNIXSocketChannel> out = AFUNIXSocketPair.open();
    ProcessBuilder builder =
        new ProcessBuilder(plan.command())
            .directory(plan.directory().toFile())
            .redirectInput(redirect(in.getSocket2()))
            .redirectOutput(redirect(out.getSocket2()));
    builder.environment().clear();
    builder.environment().putAll(plan.environment());
    try {
      return new PiProcess(
          builder.start(), plan.mark(), in.getSocket1(), out.getSocket1(), new StderrTail(stderr));
    } finally {
      letGo(in.getSocket2());
      letGo(out.getSocket2());
    }
  }

  private static ProcessBuilder.Redirect redirect(AFUNIXSocketChannel channel) throws IOException {
    return FileDescriptorCast.using(channel.getFileDescriptor()).as(ProcessBuilder.Redirect.class);
  }

  /** Closing the channel itself would shut the connection down, for pi as well. */
  private static void letGo(AFUNIXSocketChannel channel) throws IOException {
    FileDescriptorCast.using(channel.getFileDescriptor()).as(FileOutputStream.class).close();
  }

  private static Thread daemon(String name, Runnable task) {
    return Thread.ofPlatform().daemon().name("pi " + name).start(task);
  }

  /** Its process number. */
  long pid() {
    return process.pid();
  }

  /** Passes {@code line} on when pi takes it; returns at once. */
  void write(byte[] line) {
    commands.add(Optional.of(line));
  }

  private void feed() {
    try (stdin) {
      for (var line = commands.take(); line.isPresent(); line = commands.take()) {
        ByteBuffer buffer = ByteBuffer.wrap(line.get());
        while (buffer.hasRemaining()) {
          stdin.write(buffer);
        }
      }
    } catch (IOException _) {
      commands.clear(); // pi closed its input: it is ending, and the reader of its output sees that
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives every record of pi's to {@code sink} until pi closes its output. */
  void read(Consumer<byte[]> sink) throws IOException {
    RecordReader records = new RecordReader(Channels.newInputStream(stdout));
    for (Optional<byte[]> record = records.next(); record.isPresent(); record = records.next()) {
      sink.accept(record.get());
    }
  }

  /**
   * Ends pi and all that it started: its input is closed, then it is asked, then it is killed, with
   * five seconds between. Somebody must go on reading meanwhile, or pi cannot end in order.
   *
   * <p>Done once, however often it is called: once the bridge has let go of its lock, what bears
   * the mark may belong to the next one.
   *
   * @return its exit code
   */
  synchronized int end() throws IOException {
    if (!ended) {
      endAll();
      ended = true;
    }
    return process.isAlive() ? -1 : process.exitValue();
  }

  private void endAll() throws IOException {
    List<ProcessHandle> family = process.descendants().toList();
    commands.add(Optional.empty());
    if (!endsSoon()) {
      // A jail passes no signal on.
      Innermost.of(process.toHandle()).ifPresent(ProcessHandle::destroy);
    }
    if (!endsSoon()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    endsSoon();
    family.forEach(ProcessHandle::destroyForcibly);
    Stragglers.end(mark);
  }

  private boolean endsSoon() {
    try {
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The end of what pi wrote to its standard error; of all it wrote, once pi has ended. */
  String stderr(int longest) {
    if (!process.isAlive()) {
      try {
        stderrDrain.join(1_000);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    return stderr.last(longest);
  }
}
