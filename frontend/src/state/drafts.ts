// Alternatives as they are being worked on. The server keeps files and no drafts: a draft lives here, with its steps back and
// forth, and in the browser's store, so that neither a lost connection nor a restart loses anything.
import { computed, effect, signal } from "@preact/signals";
import type { AlternativeHead, Edit, Texts } from "../api/types.ts";
import { back, begin, forth, step, type History } from "./history.ts";
import { query, setQuery, studyId } from "./location.ts";
import { readStored, writeStored } from "./stored.ts";
import { study } from "./study.ts";

export const TODAY = "today";

/** What of an alternative is written down beside its edits. */
export interface Head {
  readonly title: Texts;
  readonly description: Texts;
  readonly note: Texts;
}
interface Draft extends Head {
  readonly id: string;
  readonly edits: History<readonly Edit[]>;
}
export interface Alternative extends Head {
  readonly id: string;
  readonly edits: readonly Edit[];
  /** Its place among the colours: 0 is today's grey. */
  readonly colour: number;
  /** Whether a file of the study holds it. */
  readonly saved: boolean;
  /** Whether it differs from that file. */
  readonly changed: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}
type Drafts = Readonly<Record<string, Draft>>;

const drafts = signal<Drafts>({});
const storeKey = (id: string) => `beredt.drafts.${id}`;

/** Read the drafts of the study that is opened, and keep them from then on. */
export function keepDrafts(): () => void {
  let open: string | undefined;
  return effect(() => {
    const id = studyId.value;
    if (id !== open) {
      open = id;
      drafts.value = id === undefined ? {} : soundDrafts(readStored<unknown>(storeKey(id), {}));
    }
    const now = drafts.value; // read in every case: what is not read is not followed, and then never kept
    if (id !== undefined) writeStored(storeKey(id), now);
  });
}

const isObject = (thing: unknown): thing is Readonly<Record<string, unknown>> =>
  typeof thing === "object" && thing !== null && !Array.isArray(thing);
const isList: (thing: unknown) => thing is readonly unknown[] = Array.isArray;
const areEdits = (thing: unknown) =>
  isList(thing) && thing.every((one) => isObject(one) && typeof one["edit"] === "string");

function isSound(draft: unknown): draft is Draft {
  if (!isObject(draft) || typeof draft["id"] !== "string" || !isObject(draft["edits"])) return false;
  const { past, now, future } = draft["edits"];
  const steps = isList(past) && isList(future) && [...past, now, ...future].every(areEdits);
  return steps && [draft["title"], draft["description"], draft["note"]].every(isObject);
}

/** The drafts of a store that can be worked on: an older version, or another page of this machine, may have written there. */
export function soundDrafts(stored: unknown): Drafts {
  if (!isObject(stored)) return {};
  const sound = Object.entries(stored).filter(([id, one]) => isSound(one) && one.id === id);
  return Object.fromEntries(sound) as Drafts;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function headOf({ title, description, note }: Head): Head {
  return { title, description, note };
}

function ofFile(file: AlternativeHead, draft: Draft | undefined): Alternative {
  const shared = { id: file.id, colour: file.colour, saved: true };
  if (!draft)
    return { ...shared, ...headOf(file), edits: file.edits, changed: false, canUndo: false, canRedo: false };
  const changed = !same(draft.edits.now, file.edits) || !same(headOf(draft), headOf(file));
  return { ...shared, ...stateOf(draft), changed };
}

function stateOf(draft: Draft) {
  const { past, now, future } = draft.edits;
  return { ...headOf(draft), edits: now, canUndo: past.length > 0, canRedo: future.length > 0 };
}

function unsaved(draft: Draft, colour: number): Alternative {
  return { id: draft.id, ...stateOf(draft), colour, saved: false, changed: true };
}

/** All alternatives, today first, those without a file last. */
export const alternatives = computed<readonly Alternative[]>(() => {
  const files = study.value?.alternatives ?? [];
  const colours = Math.max(0, ...files.map((file) => file.colour));
  const known = new Set(files.map((file) => file.id));
  const fresh = Object.values(drafts.value).filter((draft) => !known.has(draft.id));
  return [
    ...files.map((file) => ofFile(file, drafts.value[file.id])),
    ...fresh.map((draft, index) => unsaved(draft, colours + 1 + index)),
  ];
});

export function findAlternative(id: string | null): Alternative | undefined {
  return alternatives.value.find((one) => one.id === id);
}

/** The alternative whose year is on the screen: `?with=ID`, today unless named. */
export const chosen = computed(() => findAlternative(query("with")) ?? alternatives.value[0]);
/** What it is held against: `?against=ID`, today unless named. */
export const against = computed(() => findAlternative(query("against")) ?? alternatives.value[0]);
/** Up to four beside one another: `?compare=ID,ID`. Empty when nothing is compared. */
export const compared = computed<readonly Alternative[]>(() => {
  const ids = (query("compare") ?? "").split(",").filter(Boolean).slice(0, 4);
  return ids.map(findAlternative).filter((one) => one !== undefined);
});

export function choose(id: string): void {
  setQuery({ with: id === TODAY ? null : id });
}

export function compare(ids: readonly string[]): void {
  setQuery({ compare: ids.length === 0 ? null : ids.slice(0, 4).join(",") });
}

function draftOf(alternative: Alternative): Draft {
  const kept = drafts.peek()[alternative.id];
  return kept ?? { id: alternative.id, ...headOf(alternative), edits: begin(alternative.edits) };
}

function put(draft: Draft): void {
  drafts.value = { ...drafts.peek(), [draft.id]: draft };
}

/** Change the edits of the alternative that is chosen; of today a new one is made, for today stays as it is. */
export function change(make: (edits: readonly Edit[]) => readonly Edit[], title: Texts = {}): void {
  const now = chosen.peek();
  if (!now) return;
  if (now.id === TODAY) {
    const id = newId(alternatives.peek().map((one) => one.id));
    put({ id, title, description: {}, note: {}, edits: step(begin<readonly Edit[]>([]), make([])) });
    choose(id);
    return;
  }
  const draft = draftOf(now);
  const edits = make(draft.edits.now);
  if (!same(edits, draft.edits.now)) put({ ...draft, edits: step(draft.edits, edits) });
}

/** Put edits in the place of one: what makes something, and what uses it, are one step. */
export const replaceEdit = (index: number, by: readonly Edit[]) =>
  change((edits) => edits.toSpliced(index, 1, ...by));
export const removeEdit = (index: number) => change((edits) => edits.toSpliced(index, 1));
export const moveEdit = (from: number, to: number) =>
  change((edits) => {
    const moved = edits[from];
    return moved === undefined ? edits : edits.toSpliced(from, 1).toSpliced(to, 0, moved);
  });

/** Replace the last edit that says the same thing about the same place, or add it: dragging twice is one line. */
export function addOrReplace(edit: Edit, sameAs: (other: Edit) => boolean, title?: Texts): void {
  change((edits) => {
    const index = edits.findLastIndex(sameAs);
    return index < 0 ? [...edits, edit] : edits.with(index, edit);
  }, title);
}

function turn(how: (history: History<readonly Edit[]>) => History<readonly Edit[]>): void {
  const now = chosen.peek();
  if (!now || now.id === TODAY) return;
  const draft = draftOf(now);
  put({ ...draft, edits: how(draft.edits) });
}
export const undo = () => turn(back);
export const redo = () => turn(forth);

/** A short id that is not taken: `draft-1`, `draft-2` … */
export function newId(taken: readonly string[]): string {
  for (let number = 1; ; number += 1) if (!taken.includes(`draft-${number}`)) return `draft-${number}`;
}

/** A copy of an alternative under a new id, chosen at once. */
export function copy(alternative: Alternative, title: Texts): string {
  const id = newId(alternatives.peek().map((one) => one.id));
  put({ id, title, description: alternative.description, note: {}, edits: begin(alternative.edits) });
  choose(id);
  return id;
}

export function describe(id: string, head: Partial<Head>): void {
  const now = findAlternative(id);
  if (now && id !== TODAY) put({ ...draftOf(now), ...head });
}

/** Drop a draft: a saved alternative is again as its file has it, another is gone. */
export function drop(id: string): void {
  drafts.value = Object.fromEntries(Object.entries(drafts.peek()).filter(([key]) => key !== id));
  if (query("with") === id && !findAlternative(id)) choose(TODAY);
}

/** Take over a draft that came with a link: the same again changes nothing, one of the same name is kept under another. */
export function keepShared(shared: Head & { readonly id: string; readonly edits: readonly Edit[] }): void {
  const { id, title, description, note, edits } = shared;
  const own = drafts.peek()[id];
  if (own && same(own.edits.now, edits)) return;
  const free = own ? newId(Object.keys(drafts.peek())) : id;
  put({ id: free, title, description, note, edits: begin(edits) });
  if (query("with") === id) choose(free);
}
