// What somebody found: another status, with a word why where the case is done, or a comment alone.
import { useId, useState } from "preact/hooks";
import type { CaseDetail, LogForms } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";

interface Props {
  readonly detail: CaseDetail;
  readonly forms: LogForms;
  readonly onStatus: (status: string, comment: string) => Promise<boolean>;
  readonly onComment: (text: string) => Promise<boolean>;
}

export function Decide({ detail, forms, onStatus, onComment }: Props) {
  const { say, local } = useTexts();
  const before = detail.case.status;
  const [status, setStatus] = useState(before);
  const [comment, setComment] = useState("");
  const [isBusy, setBusy] = useState(false);
  const help = useId();
  const isDone = forms.statuses.find((one) => one.id === status)?.done === true;
  const hasWord = comment.trim() !== "";
  const lacksWord = isDone && status !== before && !hasWord;
  const canSave = !isBusy && !lacksWord && (status !== before || hasWord);
  const save = async () => {
    setBusy(true);
    await (status === before ? onComment(comment) : onStatus(status, comment));
    setBusy(false);
  };
  return (
    <form
      class="case-decide"
      aria-label={say("logs.case.decide")}
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) void save();
      }}
    >
      <h3>{say("logs.case.decide")}</h3>
      <label>
        <span>{say("logs.review.status")}</span>
        <select class="field" value={status} onChange={(event) => setStatus(event.currentTarget.value)}>
          {forms.statuses.map((one) => (
            <option key={one.id} value={one.id}>
              {local(one.title)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{say("logs.case.comment")}</span>
        <textarea
          class="field"
          rows={3}
          maxLength={4000}
          aria-describedby={help}
          value={comment}
          onInput={(event) => setComment(event.currentTarget.value)}
        />
      </label>
      <p id={help} class="quiet">
        {say("logs.case.comment_help")} {lacksWord && say("logs.case.needs_comment")}
      </p>
      <p>
        <button type="submit" class="button primary" disabled={!canSave}>
          {say("logs.case.save")}
        </button>
      </p>
    </form>
  );
}
