// Every page of a study beside its map: one line makes a page, with its place in the menu and its link `/s/STUDY/ID`.
import type { Load } from "../app/Lazy.tsx";

export interface Page {
  readonly id: string;
  /** Key of its name in the language files. */
  readonly title: string;
  readonly load: Load;
}

export const PAGES: readonly Page[] = [];
