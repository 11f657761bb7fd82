import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { someForm, somePicture } from "../sample.ts";
import { WhoBar } from "./WhoBar.tsx";

afterEach(() => vi.unstubAllGlobals());

function show(account = "", assessors = somePicture().assessors) {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", (_: string, options?: RequestInit) => {
    if (options?.body) sent.push(JSON.parse(options.body as string));
    return Promise.resolve(new Response(JSON.stringify(assessors[0] ?? {})));
  });
  render(
    <WhoBar form={someForm()} study="tiny" assessors={assessors} chosen={assessors[0]} account={account} />,
  );
  return sent;
}

describe("who answers", () => {
  it("is chosen among those who take part, and somebody else may join by role and name", async () => {
    const sent = show();
    expect(screen.getAllByRole("option")).toHaveLength(2);
    await userEvent.click(screen.getByText("risk.add_who"));
    await userEvent.selectOptions(screen.getByLabelText("risk.role"), "desk");
    await userEvent.type(screen.getByLabelText("risk.name"), "Ola");
    await userEvent.click(screen.getByRole("button", { name: "risk.join" }));
    expect(sent).toEqual([{ role: "desk", name: "Ola", own: false }]);
  });

  it("is oneself for whoever comes with an account, without a name to type", async () => {
    const sent = show("ane", []);
    expect(screen.queryByLabelText("risk.name")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "risk.join" }));
    expect(sent).toEqual([{ role: "crew", name: "", own: true }]);
  });
});
