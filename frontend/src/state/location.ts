// Where we are. Every view has a link, so what a view shows is read from the address and kept nowhere else.
import { computed, signal } from "@preact/signals";

const here = () => new URL(window.location.href);

export const address = signal(here());
export const path = computed(() => address.value.pathname.split("/").filter(Boolean).map(decodeURIComponent));
/** The study that the address names: `/s/STUDY/…`. */
export const studyId = computed(() => (path.value[0] === "s" ? path.value[1] : undefined));
/** The page of the study; the map when the address names none. */
export const pageId = computed(() => path.value[2] ?? "map");

export function query(name: string): string | null {
  return address.value.searchParams.get(name);
}

/** Go to a path of this page; `replace` leaves no step behind. */
export function go(to: string | URL, replace = false): void {
  const next = new URL(to, address.peek());
  if (next.href === window.location.href) return;
  window.history[replace ? "replaceState" : "pushState"](null, "", next);
  address.value = next;
}

/** The address with some of its questions answered anew; null takes one away. */
export function withQuery(changes: Readonly<Record<string, string | null>>, from: URL = address.value): URL {
  const next = new URL(from);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.searchParams.delete(name);
    else next.searchParams.set(name, value);
  }
  return next;
}

/** Change the view without a step in the history: going back leaves the page, not the layer. */
export function setQuery(changes: Readonly<Record<string, string | null>>): void {
  go(withQuery(changes, address.peek()), true);
}

/** The address of a page of the study that is open; what is chosen stays chosen. */
export function linkTo(page: string): string {
  const next = new URL(address.value);
  next.pathname = page === "map" ? `/s/${studyId.value ?? ""}` : `/s/${studyId.value ?? ""}/${page}`;
  return next.pathname + next.search;
}

function ownLink(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.composedPath().find((one): one is HTMLAnchorElement => one instanceof HTMLAnchorElement);
  if (!link || link.target || link.hasAttribute("download") || link.origin !== window.location.origin)
    return undefined;
  const isServers = /^\/(api|login|account)(\/|$)/.test(link.pathname); // pages that the server makes itself
  const outside = isServers || link.getAttribute("href")?.startsWith("#") === true;
  return outside ? undefined : link;
}

/** Follow links inside the page, and the browser's own back and forward. */
export function followLinks(): void {
  window.addEventListener("popstate", () => (address.value = here()));
  window.addEventListener("click", (event) => {
    const link = ownLink(event);
    if (!link) return;
    event.preventDefault();
    go(link.href);
  });
}
