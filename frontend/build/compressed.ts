// Every file of the program compressed once, when it is built, and not by the server for each who opens a page.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const LEAST = 1_000;
const ASSETS = "assets/";

/** Puts `NAME.gz` and `NAME.br` beside every file whose name holds its content. */
export function compressed(): Plugin {
  return {
    name: "beredt-compressed",
    writeBundle({ dir = "" }, bundle) {
      for (const one of Object.values(bundle)) {
        const content = Buffer.from(one.type === "chunk" ? one.code : one.source);
        if (!one.fileName.startsWith(ASSETS) || content.length < LEAST) continue;
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        writeFileSync(join(dir, `${one.fileName}.gz`), gzipSync(content, { level: 9 }));
        writeFileSync(join(dir, `${one.fileName}.br`), brotliCompressSync(content, quality));
      }
    },
  };
}
