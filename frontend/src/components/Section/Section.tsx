// A part of a panel under its heading, with what to see in it; it can be kept as a picture.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { PictureMenu } from "../PictureMenu/PictureMenu.tsx";
import { Heading, Under } from "./Heading.tsx";
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
      <header class="section-head">
        <Heading id={id} class="section-title">
          {title}
        </Heading>
        <PictureMenu what={title} />
      </header>
      {lead && <p class="quiet">{lead}</p>}
      <Under>{children}</Under>
    </section>
  );
}
