// A heading one step below the one that it stands under, wherever that is: nobody who goes by headings misses a step.
import { createContext, type ComponentChildren } from "preact";
import { useContext } from "preact/hooks";

const DEEPEST = 6;
const TAGS = ["h1", "h2", "h3", "h4", "h5", "h6"] as const;

/** How deep the next heading is: under the name of a page's part, unless the page says otherwise. */
export const Depth = createContext(3);

interface Props {
  readonly id?: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function Heading({ children, ...rest }: Props) {
  const Tag = TAGS[Math.min(useContext(Depth), DEEPEST) - 1] ?? "h6";
  return <Tag {...rest}>{children}</Tag>;
}

/** What stands under a heading. */
export function Under({ children }: { children: ComponentChildren }) {
  return <Depth.Provider value={useContext(Depth) + 1}>{children}</Depth.Provider>;
}
