// The question: which form of task of which alternative, how many of them a day, and what they may cost.
import { useState } from "preact/hooks";
import type { TaskOptions, TaskQuestion } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { COUNT } from "../../numbers/forms.ts";
import { findAlternative } from "../../state/drafts.ts";
import { study } from "../../state/study.ts";
import { AskForm } from "../Analysis/AskForm.tsx";
import { ChoiceField, NumberField, TextField } from "../Analysis/fields.tsx";
import { aboutNow, parseNumbers } from "./numbersOf.ts";

interface Props {
  readonly options: TaskOptions | undefined;
  readonly busy: boolean;
  readonly onAsk: (question: TaskQuestion) => void;
}

const EVERYWHERE = "all";

export function TaskForm({ options, busy, onAsk }: Props) {
  const { say, local, numbers } = useTexts();
  const [asked, setAsked] = useState<string | null>(null);
  const [form, setForm] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [group, setGroup] = useState(EVERYWHERE);
  const [margin, setMargin] = useState<number | null>(0.5);
  const [replications, setReplications] = useState<number | null>(10);
  const [isWrong, setIsWrong] = useState(false);
  const carrying = options?.alternatives ?? [];
  const one = carrying.find(({ alternative }) => alternative === asked) ?? carrying[0];
  const task = one?.tasks.find(({ id }) => id === form) ?? one?.tasks[0];
  if (!options) return <p class="quiet">{say("shell.loading")}</p>;
  if (!one || !task) return <p class="analysis-none">{say("tasks.nothing")}</p>;
  const wanted = typed.trim() === "" ? aboutNow(task.per_day) : parseNumbers(typed);
  const nameOf = (id: string) =>
    study.value?.municipalities.find((place) => place.id === id)?.name ?? say("tasks.everywhere");
  const ask = () => {
    setIsWrong(wanted === undefined);
    if (wanted)
      onAsk({
        alternative: one.alternative,
        task: task.id,
        numbers: [...wanted],
        group,
        margin_pp: margin ?? 0.5,
        replications: replications ?? 10,
      });
  };
  return (
    <AskForm title={say("tasks.title")} busy={busy} onAsk={ask}>
      <ChoiceField
        label={say("analysis.asked_of")}
        value={one.alternative}
        options={carrying.map(({ alternative }) => [
          alternative,
          local(findAlternative(alternative)?.title) || alternative,
        ])}
        onChange={setAsked}
      />
      <ChoiceField
        label={say("tasks.task")}
        value={task.id}
        options={one.tasks.map(({ id, per_day }) => [
          id,
          say("tasks.task_now", { task: id, number: numbers.plain(per_day, COUNT) }),
        ])}
        onChange={setForm}
      />
      <TextField
        label={say("tasks.numbers")}
        help={say("tasks.numbers_help")}
        placeholder={aboutNow(task.per_day).join(", ")}
        value={typed}
        onChange={setTyped}
      />
      {isWrong && (
        <p class="edit-row-fault" role="alert">
          {say("tasks.numbers_wrong")}
        </p>
      )}
      <ChoiceField
        label={say("tasks.group")}
        value={group}
        options={options.groups.map((id) => [id, nameOf(id)])}
        onChange={setGroup}
      />
      <NumberField
        label={say("tasks.margin")}
        unit={say("tasks.points")}
        min={0.01}
        max={100}
        value={margin}
        onChange={setMargin}
      />
      <NumberField
        label={say("tasks.replications")}
        help={say("tasks.replications_help")}
        min={2}
        max={100}
        step={1}
        value={replications}
        onChange={setReplications}
      />
    </AskForm>
  );
}
