// Whether what was answered stands in the study, and the way to put it there.
import { Wrong } from "../../../components/Wrong/Wrong.tsx";
import { useState } from "preact/hooks";
import { asProblem } from "../../../api/problem.ts";
import { riskClient, type RiskPicture } from "../../../api/risk.ts";
import type { Problem } from "../../../api/types.ts";
import { Confirm } from "../../../components/Confirm/Confirm.tsx";
import { useTexts } from "../../../components/texts.ts";
import { moment } from "../../../state/moments.ts";
import { loadPicture } from "../../../state/risk.ts";
import "./TakeIn.css";

interface Props {
  readonly study: string;
  readonly picture: RiskPicture;
  readonly mayTake: boolean;
}

export function TakeIn({ study, picture, mayTake }: Props) {
  const { say } = useTexts();
  const [isAsking, setAsking] = useState(false);
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const take = async () => {
    setAsking(false);
    setProblem(null);
    try {
      const taken = await riskClient.take(study);
      setSaid(say("risk.taken", { answers: taken.answers, assessors: taken.assessors }));
      await loadPicture(study);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const when = picture.taken_s === null ? "" : moment(picture.taken_s);
  return (
    <div class="risk-take">
      <p class="quiet">
        {picture.unlike > 0
          ? say("risk.unlike", { unlike: picture.unlike })
          : picture.answers > 0
            ? say("risk.alike", { answers: picture.answers })
            : say("risk.empty")}
        {when && ` ${say("risk.taken_when", { when })}`}
      </p>
      {mayTake && picture.unlike > 0 && !isAsking && (
        <button type="button" class="button primary" onClick={() => setAsking(true)}>
          {say("risk.take")}
        </button>
      )}
      {isAsking && (
        <Confirm
          text={say("risk.take_sure", { unlike: picture.unlike })}
          yes={say("risk.take_yes")}
          onYes={() => void take()}
          onNo={() => setAsking(false)}
        />
      )}
      <p role="status" class={said && picture.unlike === 0 ? "" : "unseen"}>
        {said}
      </p>
      {problem && (
        <div class="risk-wrong" role="alert">
          <Wrong problem={problem} />
        </div>
      )}
    </div>
  );
}
