package dev.knight.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the port that knight is to listen on is free, and who has it if not. */
public final class PortCheck implements Check {
  private static final String LISTENING = "0A";

  private final String host;
  private final int port;
  private final Path processes;

  /** The port of a service that does not run. */
  public PortCheck(String host, int port) {
    this(host, port, Path.of("/proc"));
  }

  PortCheck(String host, int port, Path processes) {
    this.host = host;
    this.port = port;
    this.processes = processes;
  }

  @Override
  public String id() {
    return "port";
  }

  @Override
  public String title() {
    return "Port";
  }

  @Override
  public List<Result> look() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return List.of(
          Result.good(
              id(), title(), port == 0 ? "any free one" : "%s:%d is free".formatted(host, port)));
    } catch (UnknownHostException nowhere) {
      return List.of(
          Result.bad(
              id(),
              title(),
              "knight.http.host is '%s', which is no address of this machine".formatted(host),
              "set knight.http.host: 127.0.0.1"));
    } catch (IOException refused) {
      if (String.valueOf(refused.getMessage()).contains("ermission")) {
        return List.of(
            Result.bad(
                id(),
                title(),
                "this account may not listen on port %d".formatted(port),
                "set knight.http.port to one above 1023, as 8790"));
      }
      return List.of(
          Result.bad(
              id(),
              title(),
              "%s:%d is taken%s"
                  .formatted(host, port, holder().map(who -> " by " + who).orElse("")),
              "end that program, or set another knight.http.port: " + (port + 1)));
    }
  }

  /** The process that listens there, if it is this user's own or this user may look at all. */
  private Optional<String> holder() {
    try {
      Set<String> sockets = new HashSet<>();
      for (String table : List.of("tcp", "tcp6")) {
        sockets.addAll(listening(processes.resolve("net").resolve(table)));
      }
      try (DirectoryStream<Path> all = Files.newDirectoryStream(processes, "[0-9]*")) {
        for (Path process : all) {
          if (holds(process, sockets)) {
            return Optional.of(
                "process %s (%s)"
                    .formatted(
                        process.getFileName(), Files.readString(process.resolve("comm")).strip()));
          }
        }
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** The sockets, as their links name them, that listen on the port. */
  private List<String> listening(Path table) throws IOException {
    if (!Files.exists(table)) {
      return List.of();
    }
    String ending = ":%04X".formatted(port);
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words.length > 9)
          .filter(words -> words[1].endsWith(ending) && words[3].equals(LISTENING))
          .map(words -> "socket:[" + words[9] + "]")
          .toList();
    }
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)
            && sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
      return false;
    } catch (IOException foreign) {
      return false;
    }
  }
}
