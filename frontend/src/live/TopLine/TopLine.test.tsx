// Whoever looks at an old picture is told so.
import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import type { Picture } from "../state/picture.ts";
import { Feed } from "./TopLine.tsx";

const picture = (silent: boolean): Picture => ({
  number: 1,
  at_ms: 0,
  adviceOn: false,
  units: new Map(),
  incidents: new Map(),
  sources: [{ id: "cad", events: 1, silent, last_s: 400, least_delay_s: 0, counts: {} }],
});

it("tells a feed that is alive from one that is silent and from a line that is lost", () => {
  const { rerender } = render(<Feed now={picture(false)} line="open" />);
  expect(screen.getByRole("status").textContent).toContain("live.alive");
  rerender(<Feed now={picture(true)} line="open" />);
  expect(screen.getByRole("status").textContent).toContain("live.silent");
  rerender(<Feed now={picture(false)} line="lost" />);
  expect(screen.getByRole("status").textContent).toContain("live.lost");
});
