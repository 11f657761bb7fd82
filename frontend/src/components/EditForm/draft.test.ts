import { describe, expect, it } from "vitest";
import { OPEN_STATION, SET_BORDER } from "../sample.ts";
import { draftOf, editOf, faultsOf } from "./draft.ts";

const filled = {
  id: "bekkestua",
  name: " Bekkestua ",
  lat: "59,9179",
  lon: "10.5858",
  organisation: "vv",
  basis: "",
};

describe("a form", () => {
  it("becomes the edit that stands in TOML: numbers as numbers, empty keys left out", () => {
    expect(faultsOf(OPEN_STATION, filled)).toEqual({});
    expect(editOf(OPEN_STATION, filled)).toEqual({
      edit: "open_station",
      id: "bekkestua",
      name: "Bekkestua",
      lat: 59.9179,
      lon: 10.5858,
      organisation: "vv",
    });
  });

  it("is the same edit again when nothing was touched", () => {
    const edit = editOf(OPEN_STATION, filled);
    expect(editOf(OPEN_STATION, draftOf(OPEN_STATION, edit))).toEqual(edit);
    const border = {
      edit: "set_border_policy",
      asking_centre: "*",
      margin_s: 90,
      home_stations: ["a"],
      divert: ["A>H"],
    };
    expect(editOf(SET_BORDER, draftOf(SET_BORDER, border))).toEqual(border);
  });

  it("tells what is missing, no number, out of range, no time and no id", () => {
    const faults = faultsOf(OPEN_STATION, { ...filled, id: "Å!", name: "", lat: "north", lon: "190" });
    expect(faults["id"]?.text).toBe("not_id");
    expect(faults["name"]?.text).toBe("required");
    expect(faults["lat"]?.text).toBe("not_number");
    expect(faults["lon"]).toEqual({ text: "out_of_range", low: -180, high: 180 });
    expect(faultsOf(SET_BORDER, { asking_centre: "*", start: "8" })["start"]?.text).toBe("not_clock");
  });
});
