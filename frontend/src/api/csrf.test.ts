import { expect, test } from "vitest";
import { csrfToken } from "./csrf.ts";

test("the token of this port is found among the cookies of others", () => {
  expect(csrfToken("theme=dark; beredt-csrf-8771=no; beredt-csrf-8770=abc", "8770")).toBe("abc");
});

test("over TLS the cookie of this very host goes before any other", () => {
  expect(csrfToken("beredt-csrf=planted; __Host-beredt-csrf=abc", "")).toBe("abc");
});

test("without a cookie there is none", () => {
  expect(csrfToken("", "8770")).toBe("");
  expect(csrfToken("beredt-csrf-8771=no", "8770")).toBe("");
});
