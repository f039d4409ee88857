package dev.knight.dashboard;

import dev.knight.dashboard.TalkItem.CallEnd;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The pages' texts, which the build holds against the types of what they show. */
@CheckedTemplate(basePath = "dashboard")
final class Templates {
  private Templates() {}

  static native TemplateInstance now(Frame frame, NowView view);

  static native TemplateInstance history(Frame frame, HistoryView view);

  static native TemplateInstance repositories(Frame frame, RepositoriesView view);

  static native TemplateInstance settings(Frame frame, SettingsView view);

  static native TemplateInstance costs(Frame frame, CostsView view);

  static native TemplateInstance job(Frame frame, JobSheet view, JobTalk talk);

  /** More of a session. */
  static native TemplateInstance talk(List<TalkItem> items);

  /** How a call ended. */
  static native TemplateInstance sign(CallEnd end);

  /** What a call printed. */
  static native TemplateInstance output(CallEnd end);

  /** More of what is being said. */
  static native TemplateInstance typed(String text);

  /** Nothing is being said. */
  static native TemplateInstance typing();

  static native TemplateInstance problem(Frame frame, String sentence);

  static native TemplateInstance farewell(Frame frame, String sentence);
}
