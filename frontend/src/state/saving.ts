// Alternatives into the study's files and out of them.
import { sending } from "../api/client.ts";
import { ProblemError, problemOf } from "../api/problem.ts";
import { choose, drop, TODAY, type Alternative } from "./drafts.ts";
import { reloadHead, study } from "./study.ts";

async function send(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<void> {
  const open = study.peek();
  if (!open) return;
  const response = await fetch(
    `/api/studies/${encodeURIComponent(open.id)}/alternatives${path}`,
    sending(method, body),
  );
  if (!response.ok) throw new ProblemError(await problemOf(response));
}

/** Version of the file that the draft was made from: saving over another is refused. */
function versionOf(id: string): string | null {
  const file: object | undefined = study.peek()?.alternatives.find((one) => one.id === id);
  return file && "version" in file && typeof file.version === "string" ? file.version : null;
}

/** Write an alternative into its file, or into a new one with an id made of its title. */
export async function saveAlternative(one: Alternative, taken: readonly string[]): Promise<void> {
  const { title, description, note, edits } = one;
  const body = { title, description, note, edits };
  const open = study.peek();
  if (!open) return;
  if (one.saved) {
    await send("PUT", `/${encodeURIComponent(one.id)}`, { ...body, version: versionOf(one.id) });
    await reloadHead(open.id);
    drop(one.id);
    return;
  }
  const id = idOf(Object.values(title)[0] ?? one.id, taken);
  await send("POST", "", { id, ...body });
  await reloadHead(open.id);
  drop(one.id);
  choose(id);
}

export async function deleteAlternative(one: Alternative): Promise<void> {
  const open = study.peek();
  if (!open || one.id === TODAY) return;
  const version = versionOf(one.id);
  const query = version === null ? "" : `?version=${encodeURIComponent(version)}`;
  await send("DELETE", `/${encodeURIComponent(one.id)}${query}`);
  drop(one.id);
  choose(TODAY);
  await reloadHead(open.id);
}

const LETTERS: Readonly<Record<string, string>> = { æ: "ae", ø: "o", å: "a", ö: "o", ä: "a" };

/** A short id out of a name, such as `ny-stasjon`, that nothing else has. */
export function idOf(name: string, taken: readonly string[]): string {
  const plain = name.toLowerCase().replace(/[æøåöä]/g, (letter) => LETTERS[letter] ?? letter);
  const bare = plain
    .normalize("NFD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  const start = bare || "ny";
  if (!taken.includes(start)) return start;
  for (let number = 2; ; number += 1) if (!taken.includes(`${start}-${number}`)) return `${start}-${number}`;
}
