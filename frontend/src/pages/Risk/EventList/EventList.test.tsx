import { render, screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { someForm, somePicture } from "../sample.ts";
import { EventList } from "./EventList.tsx";

it("lists events by area, with what is done and the level of all, in words too", () => {
  const picture = somePicture();
  render(
    <EventList
      form={someForm()}
      picture={picture}
      chosen="late"
      alternative="0+"
      assessor={picture.assessors[0]}
    />,
  );
  const links = screen.getAllByRole("link");
  expect(links.map((one) => one.textContent)).toEqual([
    "1Help comes late○, risk.done_0▲, high",
    "2A call is lost○, risk.done_0",
    "3It costs more○, risk.done_0",
  ]);
  expect(links[0]?.getAttribute("aria-current")).toBe("true");
});
