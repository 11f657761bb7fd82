import { describe, expect, it } from "vitest";
import { COUNT, MINUTES, PERCENT, POINTS, SECONDS } from "./forms.ts";
import { makeNumbers } from "./format.ts";
import { MARKS, type Language } from "./marks.ts";
import en from "../../../src/beredt/report/language/en.toml?raw";
import nb from "../../../src/beredt/report/language/nb.toml?raw";
import nn from "../../../src/beredt/report/language/nn.toml?raw";

const LANGUAGES: readonly Language[] = ["nb", "nn", "en"];

describe("figures", () => {
  it("are written in the manner of the language", () => {
    expect(makeNumbers("nb").text(744, MINUTES)).toBe("12,4\u00a0min");
    expect(makeNumbers("en").text(744, MINUTES)).toBe("12.4\u00a0min");
    expect(makeNumbers("nb").text(0.862, PERCENT)).toBe("86,2\u00a0%");
    expect(makeNumbers("en").text(0.862, PERCENT)).toBe("86.2%");
    expect(makeNumbers("nn").whole(1240)).toBe("1\u202f240");
    expect(makeNumbers("en").whole(1_234_567)).toBe("1,234,567");
  });

  it("have a sign only where it tells something", () => {
    const numbers = makeNumbers("en");
    expect(numbers.text(0.013, POINTS, true)).toBe("+1.3\u00a0pp");
    expect(numbers.text(-38, SECONDS, true)).toBe("\u221238\u00a0s");
    expect(numbers.text(0.0001, POINTS, true)).toBe("0.0\u00a0pp");
    expect(numbers.text(Number.NaN, COUNT)).toBe("–");
    expect(numbers.text(null, COUNT)).toBe("–");
  });

  it("stand with their interval in brackets", () => {
    const nb = makeNumbers("nb");
    expect(nb.estimate({ value: 0.013, low: 0.009, high: 0.017 }, POINTS, true)).toBe(
      "+1,3\u00a0pp (0,9–1,7)",
    );
    expect(nb.estimate({ value: -5, low: -12, high: 2 }, SECONDS, true)).toBe(
      "\u22125\u00a0s (\u221212 til +2)",
    );
    expect(nb.estimate({ value: 3, low: 3, high: 3 }, COUNT)).toBe("3");
    expect(nb.estimate({ value: 3, low: null, high: null }, COUNT)).toBe("3 (uten intervall)");
    expect(nb.estimate(null, COUNT)).toBe("–");
  });

  it("tell hours in two digits", () => {
    expect(makeNumbers("nb").hour(7)).toBe("07");
    expect(makeNumbers("nb").clock(8 * 3600 + 300)).toBe("08:05");
  });
});

const FILES: Readonly<Record<Language, string>> = { nb, nn, en };

/** `key = "text"` of one section of a language file. */
function section(language: Language, name: string): Map<string, string> {
  const found = new Map<string, string>();
  let inside = false;
  for (const line of FILES[language].split("\n")) {
    if (line.startsWith("[")) inside = line === `[${name}]`;
    const pair = /^(\w+) = (".*")$/.exec(line);
    if (inside && pair?.[1] && pair[2]) found.set(pair[1], JSON.parse(pair[2]) as string);
  }
  return found;
}

describe.each(LANGUAGES)("marks of %s", (language) => {
  it("are those of the printed report", () => {
    const number = section(language, "number");
    const units = section(language, "unit");
    const marks = MARKS[language];
    expect(marks.decimal).toBe(number.get("decimal"));
    expect(marks.thousands).toBe(number.get("thousands"));
    expect(marks.to).toBe(number.get("span_signed"));
    expect(marks.noInterval).toBe(number.get("no_interval"));
    for (const [unit, pattern] of Object.entries(marks.units)) expect(pattern).toBe(units.get(unit));
  });
});
