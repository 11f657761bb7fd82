// A first load over its budget breaks the build: the bundle shall not grow unnoticed.
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Ends the build with an error when all that is written, compressed, is more than `kilobytes`. */
export function budget(kilobytes: number): Plugin {
  return {
    name: "beredt-budget",
    generateBundle(_options, bundle) {
      const sizes = Object.values(bundle).map(
        (one) => gzipSync(one.type === "chunk" ? one.code : one.source).length,
      );
      const total = Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1000);
      this.info(`${total} kB compressed in all, of ${kilobytes} allowed`);
      if (total > kilobytes)
        this.error(`${total} kB compressed, and ${kilobytes} are allowed. What was added?`);
    },
  };
}
