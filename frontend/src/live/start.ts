// What runs as long as the duty officer's page does.
import { keepWords } from "../state/language.ts";
import { keepSession } from "../state/session.ts";
import { keepAdvice } from "./state/advice.ts";
import { keepColours } from "./state/colours.ts";
import { keepReadiness } from "./state/readiness.ts";
import { keepPicture } from "./state/stream.ts";
import { loadGround } from "./state/ground.ts";

export function startLive(): void {
  keepColours();
  keepWords();
  keepSession();
  void loadGround();
  keepPicture();
  keepReadiness();
  keepAdvice();
}
