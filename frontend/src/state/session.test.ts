import { afterEach, describe, expect, it, vi } from "vitest";
import { problemOf } from "../api/problem.ts";
import { isReader, loadSession, loggedOut, loginLink, mayChange, session } from "./session.ts";

const answer = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const somebody = (role: string) => ({ mode: "accounts", name: "Rolf", role, csrf: "", ends_in_s: 10 });

afterEach(() => {
  vi.unstubAllGlobals();
  session.value = undefined;
  loggedOut.value = false;
});

describe("who is here", () => {
  it.each([
    ["reader", false, true],
    ["analyst", true, false],
    ["admin", true, false],
  ])("%s may change: %s", async (role, may, reader) => {
    vi.stubGlobal("fetch", () => Promise.resolve(answer(somebody(role))));
    await loadSession();
    expect([mayChange.value, isReader.value, loggedOut.value]).toEqual([may, reader, false]);
  });

  it("is told by a refusal of any request, and forgotten when one has logged in again", async () => {
    await problemOf(answer({ title: "a", detail: "b" }, 401));
    expect(loggedOut.value).toBe(true);
    vi.stubGlobal("fetch", () => Promise.resolve(answer(somebody("analyst"))));
    await loadSession();
    expect(loggedOut.value).toBe(false);
  });

  it("stays as it was when the server does not answer", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(answer(somebody("analyst"))));
    await loadSession();
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("gone")));
    await loadSession();
    expect(mayChange.value).toBe(true);
  });

  it("comes back from the login to the same view", () => {
    const here = { pathname: "/s/a b/risk", search: "?event=x&with=0%2B" };
    expect(loginLink(here)).toBe("/login?next=%2Fs%2Fa%20b%2Frisk%3Fevent%3Dx%26with%3D0%252B");
  });
});
