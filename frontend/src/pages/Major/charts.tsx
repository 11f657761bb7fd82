// The curves of a major incident, every alternative in its colour, with the minute that is looked at.
import type { Signal } from "@preact/signals";
import type { Major, MajorAnswer } from "../../api/analyses.ts";
import { inkOf } from "../../components/ink.ts";
import { MinuteChart } from "../../components/MinuteChart/MinuteChart.tsx";
import { Heading } from "../../components/Section/Heading.tsx";
import { useTexts } from "../../components/texts.ts";
import { COUNT, WHOLE_PERCENT } from "../../numbers/forms.ts";
import { findAlternative } from "../../state/drafts.ts";
import { atMinute } from "./minutes.ts";

interface Props {
  readonly answer: Major;
  readonly minute: Signal<number>;
}

/** Of alternatives that are gone the colour is that of their place in the answer. */
const ink = (one: MajorAnswer, index: number) => inkOf(findAlternative(one.alternative)?.colour ?? index);

export function ArrivalChart({ answer, minute }: Props) {
  const { say, local, numbers } = useTexts();
  const lines = answer.answers.map((one, index) => ({
    id: one.alternative,
    name: local(one.name),
    ink: ink(one, index),
    values: one.curve.median,
    ...(index === 0 ? { low: one.curve.low, high: one.curve.high } : {}),
  }));
  const told = answer.answers.map((one) =>
    say("major.arrivals_alt", {
      name: local(one.name),
      units: numbers.whole(one.curve.median.at(-1) ?? 0),
      minutes: numbers.whole(answer.minutes.at(-1) ?? 0),
    }),
  );
  return (
    <MinuteChart
      lines={lines}
      minutes={answer.minutes}
      form={COUNT}
      side={say("major.axis_units")}
      below={say("major.axis_minutes")}
      alt={told.join(" ")}
      at={minute.value}
    />
  );
}

/** A small chart for each severity, all on one scale of their own. */
export function PatientCharts({ answer, minute }: Props) {
  const { say, local, numbers } = useTexts();
  const kinds = answer.answers[0]?.patients.filter((one) => one.patients > 0) ?? [];
  return (
    <div class="major-multiples">
      {kinds.map((kind) => {
        const of = (one: MajorAnswer) =>
          one.patients.find((other) => other.severity === kind.severity)?.delivered ?? [];
        const name = local(kind.name);
        const last = of(answer.answers[0] as MajorAnswer).at(-1);
        return (
          <div key={kind.severity}>
            <Heading class={`major-severity is-${kind.severity}`}>{name}</Heading>
            <MinuteChart
              lines={answer.answers.map((one, index) => ({
                id: one.alternative,
                name: local(one.name),
                ink: ink(one, index),
                values: of(one),
              }))}
              minutes={answer.minutes}
              form={COUNT}
              side={say("major.axis_delivered")}
              below={say("major.axis_minutes")}
              alt={say("major.patients_alt", {
                severity: name,
                delivered: numbers.plain(last, { ...COUNT, digits: 1 }),
                patients: numbers.whole(kind.patients),
                minutes: numbers.whole(answer.minutes.at(-1) ?? 0),
              })}
              most={kind.patients}
              at={minute.value}
            />
          </div>
        );
      })}
    </div>
  );
}

export function RestChart({ answer, minute }: Props) {
  const { say, local, numbers } = useTexts();
  const [today] = answer.answers;
  const within = today?.rest[0];
  if (!today || !within) return null;
  const reach = numbers.whole(within.within_min);
  const least = Math.min(...within.people_with);
  const at = within.people_with.indexOf(least);
  const usual = atMinute(answer.minutes, within.people_without, answer.minutes[at] ?? 0);
  return (
    <MinuteChart
      lines={[
        {
          id: "without",
          name: say("major.without_event"),
          ink: "var(--quiet)",
          values: within.people_without,
          quiet: true,
        },
        ...answer.answers.map((one, index) => ({
          id: one.alternative,
          name: local(one.name),
          ink: ink(one, index),
          values: one.rest[0]?.people_with ?? [],
        })),
      ]}
      minutes={answer.minutes}
      form={WHOLE_PERCENT}
      side={say("major.axis_people", { minutes: reach })}
      below={say("major.axis_minutes")}
      alt={say("major.rest_alt", {
        least: numbers.text(least, WHOLE_PERCENT),
        usual: numbers.text(usual, WHOLE_PERCENT),
        minute: numbers.whole(answer.minutes[at] ?? 0),
        minutes: reach,
      })}
      most={1}
      at={minute.value}
    />
  );
}
