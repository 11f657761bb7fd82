// The part of the page that this stands in, kept as a picture: a figure, a table or a card with its heading and its source.
import { useContext, useRef, useState } from "preact/hooks";
import { asProblem } from "../../api/problem.ts";
import { keep, pictureName, sourceText, type PictureForm } from "../../state/exports.ts";
import { Icon } from "../Icon/Icon.tsx";
import { useTexts } from "../texts.ts";
import { Source } from "./source.ts";
import "./PictureMenu.css";

const FORMS: readonly PictureForm[] = ["png", "svg"];
const PART = "section, article, figure";

interface Props {
  /** What the picture shows, for its name and for those who hear the button. */
  readonly what: string;
}

async function keepPart(part: HTMLElement, what: string, source: string, form: PictureForm): Promise<void> {
  const [{ drawElement }, { asFile, typeface }] = await Promise.all([
    import("../../picture/drawElement.ts"),
    import("../../picture/files.ts"),
  ]);
  const picture = drawElement(part, { title: what, source }, await typeface());
  keep(await asFile(picture, form), pictureName(what, form));
}

export function PictureMenu({ what }: Props) {
  const { say } = useTexts();
  const source = useContext(Source) ?? sourceText();
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const make = (form: PictureForm) => {
    const part = opener.current?.closest<HTMLElement>(PART);
    close();
    if (!part) return;
    setSaid(say("export.making"));
    keepPart(part, what, source, form).then(
      () => setSaid(say("export.made")),
      (error: unknown) => setSaid(say(asProblem(error).detail)),
    );
  };
  const label = say("export.picture_of", { what });
  return (
    <span
      class="picture-menu"
      data-unpictured
      onKeyDown={({ key }) => {
        if (isOpen && key === "Escape") close();
      }}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOpen(false);
      }}
    >
      <button
        type="button"
        ref={opener}
        class="picture-button"
        aria-expanded={isOpen}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="picture" />
      </button>
      {isOpen && (
        <ul>
          {FORMS.map((form) => (
            <li key={form}>
              <button type="button" onClick={() => make(form)}>
                {form.toUpperCase()} <span class="quiet">{say(`export.${form}_help`)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <output class="unseen">{said}</output>
    </span>
  );
}
