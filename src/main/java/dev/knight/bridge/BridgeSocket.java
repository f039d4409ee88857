package dev.knight.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;

/** The Unix socket of a bridge: how it is made, found and guarded. */
public final class BridgeSocket {
  /** The kernel's {@code sun_path} holds 108 bytes, the last of them zero. */
  private static final int LONGEST = 107;

  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET = 0140000;

  private BridgeSocket() {}

  /** Whether the kernel takes a path as long as {@code path}. */
  public static boolean fits(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }

  /**
   * Listens at {@code path}, in a directory that is 0700 already. What lies there is removed only
   * if it is a socket.
   */
  static AFUNIXServerSocket bind(Path path) throws IOException {
    check(path);
    remove(path);
    AFUNIXServerSocket server = AFUNIXServerSocket.newInstance();
    server.bind(AFUNIXSocketAddress.of(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    return server;
  }

  /** Goes to the bridge that listens at {@code path}, if it runs as the same user. */
  static AFUNIXSocket connect(Path path) throws IOException {
    check(path);
    AFUNIXSocket socket = AFUNIXSocket.connectTo(AFUNIXSocketAddress.of(path));
    if (!isOurs(socket)) {
      socket.close();
      throw new IOException("Another user listens at " + path);
    }
    return socket;
  }

  /** Removes the socket that a dead bridge left at {@code path}; anything else stays. */
  public static void remove(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket(path)) {
      throw new IOException(path + " is no socket: remove it by hand");
    }
    Files.delete(path);
  }

  /** Whether the other end of {@code socket} belongs to the same user, by the kernel's word. */
  static boolean isOurs(AFUNIXSocket socket) throws IOException {
    return socket.getPeerCredentials().getUid() == ownUid();
  }

  private static long ownUid() throws IOException {
    AFUNIXSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
    try (AFUNIXSocketChannel self = pair.getSocket1();
        AFUNIXSocketChannel _ = pair.getSocket2()) {
      return self.getPeerCredentials().getUid();
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return mode instanceof Integer bits && (bits & FILE_TYPE) == SOCKET;
  }

  private static void check(Path path) throws IOException {
    if (!fits(path)) {
      throw new IOException(
          "The socket's path is longer than " + LONGEST + " bytes, choose a shorter home: " + path);
    }
  }
}
