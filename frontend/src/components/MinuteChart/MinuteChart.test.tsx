import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { COUNT } from "../../numbers/forms.ts";
import { MinuteChart } from "./MinuteChart.tsx";

const shared = { minutes: [0, 60, 120], form: COUNT, side: "Units", below: "Minutes", alt: "five come" };

it("draws a line through every minute, and the band around it", () => {
  const line = { id: "a", name: "A", ink: "red", values: [0, 2, 4], low: [0, 1, 3], high: [0, 3, 5] };
  const { container } = render(<MinuteChart {...shared} lines={[line]} at={60} />);
  expect(screen.getByRole("img", { name: "five come" })).toBeTruthy();
  const drawn = container.querySelector(".minute-line")?.getAttribute("d") ?? "";
  expect(drawn.match(/[ML]/g)).toHaveLength(3);
  expect(container.querySelector(".minute-band")?.getAttribute("d")?.match(/[ML]/g)).toHaveLength(6);
  const [middle] = drawn.split("L").slice(1);
  expect(container.querySelector(".minute-at")?.getAttribute("x1")).toBe(
    String(Number(middle?.split(" ")[0])),
  );
  expect(container.querySelectorAll(".minute-key li")).toHaveLength(0);
});

it("names its series where there are several", () => {
  const lines = ["A", "B"].map((name) => ({ id: name, name, ink: "red", values: [0, 1, 1] }));
  render(<MinuteChart {...shared} lines={lines} />);
  expect(screen.getByText("B")).toBeTruthy();
});
