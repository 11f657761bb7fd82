// What the first picture of the map needs is asked for by the page itself, not only when the program finds that it needs it.
import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

type Chunk = Rolldown.OutputChunk;

/** Puts a chunk that is fetched later, and all that it rests on, at the head of a page: by the page's file, the chunk's source. */
export function preloads(sources: Readonly<Record<string, string>>): Plugin {
  return {
    name: "beredt-preloads",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle, path }) {
        const source = sources[path];
        if (!bundle || source === undefined) return undefined;
        const chunks = Object.values(bundle).filter((one): one is Chunk => one.type === "chunk");
        const wanted = chunks.find((one) => one.facadeModuleId?.endsWith(source));
        if (!wanted) throw new Error(`${source} is no chunk of its own: what shall be preloaded?`);
        const parts = [
          wanted,
          ...wanted.imports.flatMap((name) => chunks.filter((one) => one.fileName === name)),
        ];
        const worker = Object.keys(bundle).filter((name) => name.includes("maplibre-gl-worker"));
        const fetched = worker.map((name) => tag("prefetch", name));
        return [
          ...parts.flatMap((one): HtmlTagDescriptor[] => [
            tag("modulepreload", one.fileName),
            // Not preloaded: a browser complains of what a page without a map then does not use.
            ...[...(one.viteMetadata?.importedCss ?? [])].map((css) => tag("prefetch", css)),
          ]),
          ...fetched,
        ].filter(({ attrs }) => !html.includes(String(attrs?.["href"])));
      },
    },
  };
}

const tag = (rel: string, file: string): HtmlTagDescriptor => ({
  tag: "link",
  attrs: { rel, href: `/${file}`, crossorigin: true },
  injectTo: "head",
});
