package dev.knight.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.util.Optional;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/**
 * Remembers how the server answered last. JGit tells it in words only, and the words change. For
 * one transport, so for one thread.
 */
final class LastAnswer extends JDKHttpConnectionFactory {
  private int status;
  private Optional<String> retryAfter = Optional.empty();

  /** The HTTP status; 0 before the first answer. */
  int status() {
    return status;
  }

  /** The header {@code Retry-After} of that answer. */
  Optional<String> retryAfter() {
    return retryAfter;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return new Watched(url, Proxy.NO_PROXY);
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    return new Watched(url, proxy);
  }

  private final class Watched extends JDKHttpConnection {
    Watched(URL url, Proxy proxy) throws IOException {
      super(url, proxy);
      status = 0;
    }

    @Override
    public int getResponseCode() throws IOException {
      status = super.getResponseCode();
      retryAfter = Optional.ofNullable(getHeaderField("Retry-After"));
      return status;
    }
  }
}
