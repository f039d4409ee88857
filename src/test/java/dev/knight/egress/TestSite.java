package dev.knight.egress;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;

/** The files of a directory, with TLS and without. */
public final class TestSite implements AutoCloseable {
  final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final HttpsServer secure;
  private final HttpServer plain;

  public TestSite(Path files, SSLContext tls) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    secure = HttpsServer.create(any, 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(tls));
    plain = HttpServer.create(any, 0);
    for (HttpServer server : List.of(secure, plain)) {
      server
          .createContext("/", SimpleFileServer.createFileHandler(files))
          .getFilters()
          .add(
              Filter.beforeHandler(
                  "remembers", exchange -> asked.add(exchange.getRequestURI().toString())));
      server.start();
    }
  }

  public int tlsPort() {
    return secure.getAddress().getPort();
  }

  public void join(EgressWorld world) {
    world.lead(443, tlsPort());
    world.lead(80, plain.getAddress().getPort());
  }

  @Override
  public void close() {
    secure.stop(0);
    plain.stop(0);
  }
}
