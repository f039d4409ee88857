package dev.knight.web;

import dev.knight.api.KnightApi;
import dev.knight.api.LiveLine;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Completes, when knight is built, what the framework has read off the resources: the routes that
 * it does not know, the answers that the door and the errors give, and the words of the Javadoc.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {
  private static final String SCHEME = "token";
  private static final String PREFIX = "/api/v1/";

  /** Where the words are: a test writes it from the Javadoc of {@code dev.knight.api}. */
  static final String WORDS = "/openapi/words.properties";

  private static final String ABOUT =
      """
      What `knight` and its dashboard ask of a running service, for your own programs. Everything \
      under `/api/v1/` stays as it is described here; fields and paths may be added, so read over \
      what you do not know. Times are in UTC, money is in US dollars.

      Show the token in `$KNIGHT_HOME/api-token` as a bearer token. Whatever is not what was asked \
      for is answered by a `Problem`: one sentence for a person, under a status that says who must \
      act.
      """;

  private static final Map<Integer, String> PROBLEMS = problems();

  /** Statuses that only a request with a body, or one that changes something, can have. */
  private static final List<Integer> OF_CHANGES = List.of(409, 411, 412, 413, 415, 422);

  /** An empty one is left out: see {@link LiveLine#json}. */
  private static final Set<String> LINE_MAY_LACK = Set.of("LiveLine.detail", "LiveLine.call");

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.info(OASFactory.createInfo().title("knight").version("v1").description(ABOUT));
    api.getPaths().getPathItems().keySet().stream()
        .filter(path -> !path.startsWith(PREFIX))
        .toList()
        .forEach(api.getPaths()::removePathItem);
    api.getPaths()
        .addPathItem(KnightApi.PATH + "/{job}/live", live())
        .addPathItem(KnightApi.EVENTS, events());
    api.getComponents()
        .addSecurityScheme(
            SCHEME,
            OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
    PROBLEMS.forEach((status, words) ->
        api.getComponents().addResponse(name(status), response(words, "Problem")));
    api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(SCHEME));
    api.getPaths().getPathItems().values().forEach(ApiDescription::complete);
    Properties words = words();
    api.getComponents().getSchemas().forEach((name, schema) -> complete(name, schema, words));
    List.of("Instant", "LocalDate", "Kind").forEach(api.getComponents()::removeSchema);
  }

  private static Map<Integer, String> problems() {
    Map<Integer, String> problems = new LinkedHashMap<>();
    problems.put(400, "The request is wrong.");
    problems.put(401, "No token, or a wrong one, was shown.");
    problems.put(403, "The request comes from another web page, or names a host that is not ours.");
    problems.put(404, "There is no such thing.");
    problems.put(409, "knight is not configured for it: its operator must act.");
    problems.put(411, "The request does not say how long it is.");
    problems.put(412, "What it is about is not in a state for it.");
    problems.put(413, "The request is too long.");
    problems.put(415, "The request is not JSON.");
    problems.put(422, "GitHub, or a rule of knight's, refuses it.");
    problems.put(429, "Too many wrong tokens were shown: wait a minute.");
    problems.put(500, "A bug in knight: its log says more.");
    problems.put(503, "Something is away, or there is no room: ask again later.");
    return problems;
  }

  private static String name(int status) {
    return "Problem" + status;
  }

  private static APIResponse response(String words, String schema) {
    Content content =
        OASFactory.createContent()
            .addMediaType(
                "application/json",
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref(schema)));
    return OASFactory.createAPIResponse().description(words).content(content);
  }

  private static void complete(PathItem item) {
    item.getOperations()
        .forEach((method, operation) -> complete(method == PathItem.HttpMethod.GET, operation));
  }

  private static void complete(boolean reads, Operation operation) {
    operation.tags(null);
    APIResponses responses = operation.getResponses();
    PROBLEMS.keySet().stream()
        .filter(status -> !reads || !OF_CHANGES.contains(status))
        .forEach(status ->
            responses.addAPIResponse(
                Integer.toString(status), OASFactory.createAPIResponse().ref(name(status))));
    responses.getAPIResponse("200").description("What was asked for.");
  }

  /** A field that may be missing is null; every other one is there. */
  private static void complete(String name, Schema schema, Properties words) {
    schema.description(words.getProperty(name, schema.getDescription()));
    Map<String, Schema> fields = schema.getProperties();
    if (fields == null) {
      return;
    }
    Map<String, Schema> complete = new LinkedHashMap<>();
    fields.forEach((field, type) -> {
      Schema known = inlined(type);
      // Most of what a job is told with is what it is listed with.
      String listed = words.getProperty("JobView." + field);
      String meaning =
          words.getProperty(name + "." + field, name.equals("JobDetails") ? listed : null);
      if (meaning != null && known.getRef() == null) {
        known.description(meaning);
      }
      if (!mayBeNull(known) && !LINE_MAY_LACK.contains(name + "." + field)) {
        schema.addRequired(field);
      }
      complete.put(field, known);
    });
    schema.properties(complete);
  }

  /** What is no more than a text has no name of its own. */
  private static Schema inlined(Schema type) {
    String ref = type.getRef() == null ? "" : type.getRef();
    return switch (ref.substring(ref.lastIndexOf('/') + 1)) {
      case "Instant" -> text().format("date-time");
      case "LocalDate" -> text().format("date");
      case "Kind" ->
          text()
              .enumeration(
                  Stream.of(LiveLine.Kind.values())
                      .<Object>map(kind -> kind.name().toLowerCase(Locale.ROOT))
                      .toList());
      default -> type;
    };
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }

  private static boolean mayBeNull(Schema field) {
    List<Schema.SchemaType> types = field.getType();
    List<Schema> either = field.getAnyOf();
    return (types != null && types.contains(Schema.SchemaType.NULL))
        || (either != null && either.stream().anyMatch(ApiDescription::mayBeNull));
  }

  private static PathItem live() {
    return OASFactory.createPathItem()
        .GET(
            stream("live", "application/x-ndjson", "LiveLine")
                .summary("Follow one job")
                .description(
                    "What happens in a job, a JSON object a line, until it is over: the last line"
                        + " has the kind `end`. While nothing happens there is a line of the kind"
                        + " `beat` every few seconds.")
                .addParameter(job(Parameter.In.PATH).required(true))
                .addParameter(
                    parameter("after", Parameter.In.QUERY)
                        .description(
                            "where to go on: the conversations with the number of the last line"
                                + " seen of each, as `:12,7:340,7-review-1:18`; the first, without"
                                + " a name, is the job's story")));
  }

  private static PathItem events() {
    return OASFactory.createPathItem()
        .GET(
            stream("events", "text/event-stream", "HappeningView")
                .summary("Follow all jobs")
                .description(
                    "Server-sent events. `begin` comes first; its id is where you stand. `event` is"
                        + " a line of a job's story, and its id is the line's number: after a cut a"
                        + " browser sends it as `Last-Event-ID`, and is told all that it missed."
                        + " `job` is a job that changed without such a line. Data is one"
                        + " `HappeningView`. A comment comes every 10 s while nothing happens.")
                .addParameter(
                    parameter("Last-Event-ID", Parameter.In.HEADER)
                        .description("the event that was seen last; 0 tells everything"))
                .addParameter(
                    parameter("after", Parameter.In.QUERY).description("the same in the address"))
                .addParameter(job(Parameter.In.QUERY).description("tell of this job alone")));
  }

  private static Parameter job(Parameter.In in) {
    return parameter("job", in)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.INTEGER).format("int64"));
  }

  private static Parameter parameter(String name, Parameter.In in) {
    return OASFactory.createParameter().name(name).in(in).schema(text());
  }

  private static Operation stream(String id, String type, String schema) {
    Content content =
        OASFactory.createContent()
            .addMediaType(
                type, OASFactory.createMediaType().schema(OASFactory.createSchema().ref(schema)));
    APIResponses responses =
        OASFactory.createAPIResponses()
            .addAPIResponse("200", OASFactory.createAPIResponse().content(content));
    return OASFactory.createOperation().operationId(id).responses(responses);
  }

  private static Properties words() {
    Properties words = new Properties();
    try (InputStream in = ApiDescription.class.getResourceAsStream(WORDS)) {
      if (in != null) {
        words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
      return words;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
