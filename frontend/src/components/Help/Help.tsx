/** A question mark that opens what stands behind a figure. */
import { useId, useState } from "preact/hooks";
import { useTexts } from "../texts.ts";
import "./Help.css";

export interface HelpPart {
  name: string;
  text: string;
}

interface Props {
  /** What the help is about, for those who hear the button. */
  about: string;
  parts: readonly HelpPart[];
}

export function Help({ about, parts }: Props) {
  const { say } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        class="help-button"
        data-unpictured
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={say("panel.help.about", { what: about })}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        ?
      </button>
      {isOpen && (
        <dl
          class="help-text"
          id={id}
          onKeyDown={(event) => {
            if (event.key === "Escape") setOpen(false);
          }}
        >
          {parts.map((part) => (
            <div key={part.name}>
              <dt>{part.name}</dt>
              <dd>{part.text}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
