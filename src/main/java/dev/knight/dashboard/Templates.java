package dev.knight.dashboard;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages' texts, which the build holds against the types of what they show. */
@CheckedTemplate(basePath = "dashboard")
final class Templates {
  private Templates() {}

  static native TemplateInstance now(Frame frame, NowView view);

  static native TemplateInstance costs(Frame frame, CostsView view);

  static native TemplateInstance problem(Frame frame, String sentence);

  static native TemplateInstance farewell(Frame frame, String sentence);
}
