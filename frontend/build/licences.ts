// Every package whose code is in the bundle, with its licence, in one file beside it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

interface Manifest {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}

/** The folder of the package that a module belongs to; none for modules of our own. */
function packageOf(module: string): string | undefined {
  const inside = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(
    module.replaceAll("\\", "/").replaceAll("\0", ""),
  );
  return inside?.[1];
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf-8")) as Manifest;
}

/** MapLibre comes as one file with its dependencies in it: they are asked for by name. */
function withDependencies(folder: string): string[] {
  const names = Object.keys(manifestOf(folder).dependencies ?? {});
  const beside = names.map((name) => join(dirname(folder), name)).filter((path) => existsSync(path));
  return [folder, ...beside.flatMap(withDependencies)];
}

function licenceText(folder: string): string {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file === undefined ? "" : readFileSync(join(folder, file), "utf-8").trim();
}

function entry(folder: string): string {
  const { name, version, license } = manifestOf(folder);
  return `${name} ${version} (${license ?? "see below"})\n\n${licenceText(folder)}\n`;
}

/** Writes `licences.txt`; `extra` are further texts by heading, such as that of a typeface. */
export function licences(extra: Readonly<Record<string, string>>): Plugin {
  return {
    name: "beredt-licences",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((one) => (one.type === "chunk" ? one.moduleIds : []));
      const found = modules.map(packageOf).filter((one) => one !== undefined);
      const folders = [...new Set(found.flatMap(withDependencies))].sort();
      const texts = Object.entries(extra).map(
        ([name, path]) => `${name}\n\n${readFileSync(path, "utf-8").trim()}\n`,
      );
      const rule = `\n${"-".repeat(80)}\n\n`;
      const source = [...folders.map(entry), ...texts].join(rule);
      this.emitFile({ type: "asset", fileName: "licences.txt", source });
    },
  };
}
