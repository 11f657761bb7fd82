// A part of a panel under its heading, with what to see in it.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./Section.css";

interface Props {
  readonly title: string;
  /** What to see, in one sentence. */
  readonly lead?: string;
  readonly children: ComponentChildren;
}

export function Section({ title, lead, children }: Props) {
  const id = useId();
  return (
    <section class="section" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {lead && <p class="quiet">{lead}</p>}
      {children}
    </section>
  );
}
