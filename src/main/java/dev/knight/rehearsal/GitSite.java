package dev.knight.rehearsal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** git over smart HTTP, from the repositories of a {@link World}. */
final class GitSite {
  static final String FETCH = "git-upload-pack";
  static final String PUSH = "git-receive-pack";

  private static final Pattern PATH =
      Pattern.compile("/([^/]+)/([^/]+?)(?:\\.git)?/(info/refs|git-upload-pack|git-receive-pack)");

  private final World world;

  GitSite(World world) {
    this.world = world;
  }

  /** Whether a path is one of git's. */
  static boolean isGit(String path) {
    return PATH.matcher(path).matches();
  }

  /** Whose token a request carries. */
  String login(WireRequest request) {
    return token(request).map(token -> token.account().login()).orElse("");
  }

  /** Answers, and gives the status. */
  int answer(WireRequest request, WireReply reply) throws IOException {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      return refuse(reply, 404, "Not Found");
    }
    boolean advertises = path.group(3).equals("info/refs");
    String service = advertises ? request.query().replaceFirst("^service=", "") : path.group(3);
    Optional<Token> token = token(request);
    if (token.isEmpty() && !request.header("authorization").isEmpty()) {
      return refuse(reply, 401, "Invalid username or token.");
    }
    Optional<HostedRepository> repository = repository(path).filter(one -> mayRead(one, token));
    boolean push = service.equals(PUSH);
    if (token.isEmpty() && (push || repository.isEmpty())) {
      return refuse(reply, 401, "Authentication is needed.");
    }
    if (repository.isEmpty() || !(push || service.equals(FETCH))) {
      return refuse(reply, 404, "Repository not found.");
    }
    if (push && !mayPush(repository.get(), token.orElseThrow())) {
      return refuse(reply, 403, refusal(repository.get(), token.orElseThrow()));
    }
    serve(repository.get(), service, advertises, request, reply);
    return 200;
  }

  private void serve(
      HostedRepository repository,
      String service,
      boolean advertises,
      WireRequest request,
      WireReply reply)
      throws IOException {
    String kind = advertises ? "advertisement" : "result";
    Map<String, String> headers =
        Map.of(
            "content-type",
            "application/x-%s-%s".formatted(service, kind),
            "cache-control",
            "no-cache");
    boolean push = service.equals(PUSH);
    if (push && !advertises) {
      ByteArrayOutputStream result = new ByteArrayOutputStream();
      receive(repository, request, result);
      reply.send(200, headers, result.toByteArray());
      return;
    }
    try (OutputStream out = reply.stream(200, headers)) {
      if (advertises) {
        advertise(repository, service, request, out);
      } else {
        upload(repository, request).upload(request.content(), out, null);
      }
    }
  }

  private static void advertise(
      HostedRepository repository, String service, WireRequest request, OutputStream out)
      throws IOException {
    PacketLineOut lines = new PacketLineOut(out);
    PacketLineOutRefAdvertiser advertiser = new PacketLineOutRefAdvertiser(lines);
    lines.writeString("# service=" + service + "\n");
    lines.end();
    if (service.equals(PUSH)) {
      receivePack(repository).sendAdvertisedRefs(advertiser);
    } else {
      upload(repository, request).sendAdvertisedRefs(advertiser);
    }
  }

  private static UploadPack upload(HostedRepository repository, WireRequest request) {
    UploadPack upload = new UploadPack(repository.git().jgit());
    upload.setBiDirectionalPipe(false);
    upload.setExtraParameters(List.of(request.header("git-protocol").split(":", -1)));
    return upload;
  }

  /** With the world's lock: what is pushed and what pull requests say change together. */
  private void receive(HostedRepository repository, WireRequest request, OutputStream out)
      throws IOException {
    synchronized (world) {
      List<String> branches = new ArrayList<>();
      ReceivePack receive = receivePack(repository);
      receive.setPostReceiveHook((pack, done) -> branches.addAll(branches(done)));
      receive.receive(request.content(), out, null);
      for (String branch : branches) {
        world.pulls().pushed(repository, branch);
      }
    }
  }

  private static List<String> branches(Collection<ReceiveCommand> commands) {
    return commands.stream()
        .map(ReceiveCommand::getRefName)
        .filter(name -> name.startsWith(Constants.R_HEADS))
        .map(name -> name.substring(Constants.R_HEADS.length()))
        .toList();
  }

  private static ReceivePack receivePack(HostedRepository repository) {
    ReceivePack receive = new ReceivePack(repository.git().jgit());
    receive.setBiDirectionalPipe(false);
    receive.setPreReceiveHook((pack, commands) -> denyHidden(commands));
    return receive;
  }

  private static void denyHidden(Collection<ReceiveCommand> commands) {
    for (ReceiveCommand command : commands) {
      if (command.getRefName().startsWith("refs/pull/")) {
        command.setResult(
            ReceiveCommand.Result.REJECTED_OTHER_REASON, "deny updating a hidden ref");
      }
    }
  }

  private Optional<HostedRepository> repository(Matcher path) {
    return Repositories.name(path.group(1), path.group(2)).flatMap(world::repository);
  }

  private static boolean mayRead(HostedRepository repository, Optional<Token> token) {
    return token.isEmpty()
        ? !repository.hidden()
        : repository.permission(token.get().account()).includes(Permission.READ);
  }

  private static boolean mayPush(HostedRepository repository, Token token) {
    return !repository.archived()
        && token.right().isWhole()
        && repository.permission(token.account()).includes(Permission.WRITE);
  }

  private static String refusal(HostedRepository repository, Token token) {
    if (repository.archived()) {
      return "This repository was archived so it is read-only.";
    }
    return "Permission to %s.git denied to %s."
        .formatted(repository.name(), token.account().login());
  }

  /** Basic authentication: any name, the token as the password. */
  private Optional<Token> token(WireRequest request) {
    String authorization = request.header("authorization");
    if (!authorization.regionMatches(true, 0, "basic ", 0, 6)) {
      return Optional.empty();
    }
    byte[] pair = Base64.getDecoder().decode(authorization.substring(6).strip());
    String text = new String(pair, StandardCharsets.UTF_8);
    return world.token(text.substring(text.indexOf(':') + 1));
  }

  private static int refuse(WireReply reply, int status, String sentence) throws IOException {
    Map<String, String> headers =
        status == 401
            ? Map.of("content-type", "text/plain", "www-authenticate", "Basic realm=\"GitHub\"")
            : Map.of("content-type", "text/plain");
    reply.send(status, headers, sentence.getBytes(StandardCharsets.UTF_8));
    return status;
  }
}
