// Every text that a panel asks for stands in the language files.
import { expect, it } from "vitest";
import en from "../../../src/beredt/report/language/en.toml?raw";

const sources: Readonly<Record<string, string>> = import.meta.glob(
  ["./**/*.tsx", "../pages/**/*.{ts,tsx}", "../live/**/*.{ts,tsx}", "!./**/*.test.tsx"],
  { query: "?raw", import: "default", eager: true },
);

function keysOf(toml: string): Set<string> {
  const keys = new Set<string>();
  let section = "";
  for (const line of toml.split("\n")) {
    section = /^\[(.+)\]$/.exec(line)?.[1] ?? section;
    const name = /^"?([\w-]+)"? = /.exec(line)?.[1];
    if (name && section.startsWith("studio")) keys.add(`${section}.${name}`.replace("studio.", ""));
  }
  return keys;
}

it("has words for all keys in the source", () => {
  const keys = keysOf(en);
  const used = Object.entries(sources).flatMap(([file, text]) =>
    [...text.matchAll(/"((?:panel|forms|server|risk|logs|live)\.[a-z_.]+)"/g)].map((match) => ({
      file,
      key: match[1] ?? "",
    })),
  );
  expect(used.length).toBeGreaterThan(80);
  expect(used.filter(({ key }) => !keys.has(key))).toEqual([]);
});
