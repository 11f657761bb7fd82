import { render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { FlowMatrix } from "./FlowMatrix.tsx";

const flow = (organisation: string, municipality: string, missions: number, against = missions) => ({
  organisation,
  municipality,
  missions,
  against,
});

describe("the matrix of flows", () => {
  it("puts the busiest first and tells what changes with its sign", () => {
    render(<FlowMatrix flows={[flow("VV", "Asker", 500, 100), flow("OUS", "Bærum", 1900, 2000)]} />);
    expect(screen.getAllByRole("columnheader").map((one) => one.textContent)).toEqual([
      "panel.flows.to_from",
      "OUS",
      "VV",
    ]);
    expect(screen.getAllByRole("rowheader").map((one) => one.textContent)).toEqual(["Bærum", "Asker"]);
    expect(screen.getByText("1,900").textContent).toContain("\u2212100");
    expect(screen.getByText("500").textContent).toContain("+400");
  });

  it("shows no count that could be a single patient", () => {
    render(<FlowMatrix flows={[flow("VV", "Asker", 500), flow("Ahus", "Asker", 4)]} />);
    expect(screen.queryByText("Ahus")).toBeNull();
    expect(screen.queryByText("4")).toBeNull();
  });
});
