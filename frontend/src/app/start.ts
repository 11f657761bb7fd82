// What runs as long as the page does, begun once, in the order in which one needs the other.
import { keepAnswers } from "../state/answers.ts";
import { keepDrafts } from "../state/drafts.ts";
import { keepWords } from "../state/language.ts";
import { followLinks } from "../state/location.ts";
import { keepService } from "../state/service.ts";
import { keepSession } from "../state/session.ts";
import { takeShared } from "../state/sharing.ts";
import { keepStudy, loadStudies } from "../state/study.ts";
import { keepKeys } from "./keys.ts";

export function start(): void {
  followLinks();
  keepWords();
  keepSession();
  void loadStudies();
  keepDrafts();
  takeShared();
  keepStudy();
  keepService();
  keepAnswers();
  keepKeys();
}
