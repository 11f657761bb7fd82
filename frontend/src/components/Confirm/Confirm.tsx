// A question before something is lost. The safe answer has the focus.
import { useEffect, useRef } from "preact/hooks";
import { useTexts } from "../texts.ts";
import "./Confirm.css";

interface Props {
  readonly text: string;
  readonly yes: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function Confirm({ text, yes, onYes, onNo }: Props) {
  const { say } = useTexts();
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  return (
    <div
      class="confirm"
      role="alertdialog"
      aria-label={text}
      onKeyDown={(event) => {
        if (event.key === "Escape") onNo();
      }}
    >
      <p>{text}</p>
      <button type="button" class="button" onClick={onYes}>
        {yes}
      </button>
      <button type="button" class="button plain" ref={safe} onClick={onNo}>
        {say("panel.cancel")}
      </button>
    </div>
  );
}
