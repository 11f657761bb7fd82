// What can be done about a job: stop it, begin it again, throw it away after a question.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { hasEnded, type Job } from "../../api/runs.ts";
import { Confirm } from "../Confirm/Confirm.tsx";
import { useTexts } from "../texts.ts";
import "./JobState.css";

/** Keys of the words that fit what the job is. */
export interface JobWords {
  readonly cancel: string;
  readonly again: string;
  readonly remove: string;
  readonly sure: string;
}

interface Props {
  readonly job: Job;
  readonly words: JobWords;
  /** Which of several jobs is meant, for those who hear the buttons. */
  readonly name?: string;
  /** Quiet buttons, where jobs are a list beside something else. */
  readonly isPlain?: boolean;
  readonly mayChange?: boolean;
  readonly onCancel: () => void;
  readonly onAgain: () => void;
  /** Nothing is thrown away where it is not given. */
  readonly onRemove?: () => void;
  readonly children?: ComponentChildren;
}

export function JobTools(props: Props) {
  const { job, words, name, isPlain = false, mayChange = true, onCancel, onAgain, onRemove } = props;
  const { say } = useTexts();
  const [isAsking, setAsking] = useState(false);
  if (isAsking && onRemove)
    return (
      <Confirm
        text={say(words.sure)}
        yes={say(words.remove)}
        onYes={onRemove}
        onNo={() => setAsking(false)}
      />
    );
  const button = (key: string, onClick: () => void, look = isPlain ? "button plain" : "button") => (
    <button
      type="button"
      class={look}
      aria-label={name === undefined ? undefined : `${say(key)}: ${name}`}
      onClick={onClick}
    >
      {say(key)}
    </button>
  );
  return (
    <p class="job-tools">
      {props.children}
      {mayChange && !hasEnded(job) && button(words.cancel, onCancel)}
      {mayChange && job.can_again && button(words.again, onAgain)}
      {mayChange && onRemove && hasEnded(job) && button(words.remove, () => setAsking(true), "button plain")}
    </p>
  );
}
