// The frame of a question: its fields, and the button that asks.
import type { ComponentChildren } from "preact";
import { useTexts } from "../../components/texts.ts";

interface Props {
  readonly title: string;
  /** While an answer is on its way nothing else is asked. */
  readonly busy: boolean;
  readonly onAsk: () => void;
  /** What else can be done, beside the button. */
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function AskForm({ title, busy, onAsk, tools, children }: Props) {
  const { say } = useTexts();
  return (
    <form
      class="ask"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      {children}
      <p class="ask-tools">
        <button type="submit" class="button primary" disabled={busy}>
          {say("analysis.ask")}
        </button>
        {tools}
      </p>
    </form>
  );
}
