import { render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { words } from "../../state/language.ts";
import { EMPTY, ready } from "../../state/remote.ts";
import { estimate } from "../sample.ts";
import { StatusText } from "./StatusText.tsx";

afterEach(() => {
  words.value = EMPTY;
});

it("tells replications, interval and seconds", () => {
  words.value = ready({
    "panel.status.replications": "{done} of {wanted} replications",
    "panel.status.interval": "interval ±{half}",
  });
  const progress = { replications: 12, wanted: 20, seconds: 1.84 };
  render(<StatusText progress={progress} difference={estimate(0.01, 0.004)} isRunning />);
  expect(document.querySelector("p")?.textContent).toBe(
    "12 of 20 replications · interval ±0.4\u00a0pp · 1.8\u00a0s",
  );
});

it("says that it prepares before the first answer", () => {
  render(<StatusText progress={null} difference={null} isRunning />);
  expect(screen.getByText("panel.status.preparing")).toBeTruthy();
});
