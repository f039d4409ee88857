package dev.knight.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;

/** Holds every answer of the API against what the API says of itself. */
final class ApiJudge implements Filter {
  private final OpenApiInteractionValidator validator;

  /**
   * By {@code description}, which is JSON. That a record may be null is written in the way that
   * everybody understands but this validator, so it is told in another one.
   */
  ApiJudge(String description) {
    String nullable =
        description.replaceAll(
            "\"allOf\"\\s*:\\s*\\[\\s*\\{[^}]*}\\s*]\\s*,\\s*\"nullable\"\\s*:\\s*true",
            "\"type\":\"object\",\"nullable\":true");
    validator = OpenApiInteractionValidator.createForInlineApiSpecification(nullable).build();
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification answers,
      FilterContext context) {
    Response answer = context.next(request, answers);
    String path = URI.create(request.getURI()).getPath();
    boolean isEmptyText =
        answer.asString().isEmpty() && answer.contentType().startsWith("text/plain");
    if (path.startsWith("/api/v1/") && !path.startsWith("/api/v1/openapi") && !isEmptyText) {
      ValidationReport report =
          validator.validateResponse(
              path,
              Request.Method.valueOf(request.getMethod()),
              SimpleResponse.Builder.status(answer.statusCode())
                  .withContentType(answer.contentType())
                  .withBody(answer.asString())
                  .build());
      assertThat(report.getMessages())
          .as("%s %s: %s", request.getMethod(), path, answer.asString())
          .isEmpty();
    }
    return answer;
  }
}
