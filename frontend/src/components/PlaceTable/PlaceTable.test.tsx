import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { somePlace } from "../sample.ts";
import { PlaceTable } from "./PlaceTable.tsx";
import { sortPlaces } from "./order.ts";

const places = [
  somePlace("Oslo", 0),
  somePlace("Bærum", 0.03),
  somePlace("Asker", -0.02),
  somePlace("Lier", -0.05),
];
const names = () => screen.getAllByRole("rowheader").map((one) => one.textContent.replace(/panel.*/, ""));

describe("the order of places", () => {
  it("puts the clearest loss first, then gains, then what is not clear", () => {
    expect(sortPlaces(places, "change", false).map((one) => one.id)).toEqual([
      "Lier",
      "Asker",
      "Bærum",
      "Oslo",
    ]);
  });
});

describe("the table of places", () => {
  it("folds away where nothing is clear, and tells how many", async () => {
    render(<PlaceTable places={places} />);
    expect(names()).toEqual(["Lier", "Asker", "Bærum"]);
    await userEvent.click(screen.getByText("panel.places.more"));
    expect(names()).toEqual(["Lier", "Asker", "Bærum", "Oslo"]);
  });

  it("sorts by a column, both ways, and says so", async () => {
    render(<PlaceTable places={places} />);
    const head = screen.getByRole("columnheader", { name: /panel.places.change/ });
    await userEvent.click(screen.getByRole("button", { name: "panel.places.change" }));
    expect(head.getAttribute("aria-sort")).toBe("ascending");
    expect(names()).toEqual(["Lier", "Asker", "Oslo", "Bærum"]);
    await userEvent.click(screen.getByRole("button", { name: /panel.places.change/ }));
    expect(names()).toEqual(["Bærum", "Oslo", "Asker", "Lier"]);
  });

  it("shows districts when they are asked for", async () => {
    render(<PlaceTable places={[...places, somePlace("Frogner", 0.02, { kind: "district" })]} />);
    await userEvent.click(screen.getByRole("button", { name: "panel.places.kind.district" }));
    expect(names()).toEqual(["Frogner"]);
  });

  it("tells which place was chosen", async () => {
    const onChoose = vi.fn();
    render(<PlaceTable places={places} onChoose={onChoose} />);
    await userEvent.click(screen.getByRole("button", { name: "Asker" }));
    expect(onChoose).toHaveBeenCalledWith("Asker");
  });
});
