// One case: why it was flagged, what each unit did, what people found, and what to do next.
import { useState } from "preact/hooks";
import { logsClient, type CaseDetail, type LogForms, type MissionLog } from "../../../api/logs.ts";
import { asProblem } from "../../../api/problem.ts";
import type { Problem } from "../../../api/types.ts";
import { useTexts } from "../../../components/texts.ts";
import { withQuery } from "../../../state/location.ts";
import { shown } from "../../../state/remote.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../../components/useAsked.ts";
import { measured, stampText } from "../words.ts";
import { Decide } from "./Decide.tsx";
import { History } from "./History.tsx";
import { Missions } from "./Missions.tsx";
import "./Case.css";

interface Props {
  readonly log: MissionLog;
  readonly forms: LogForms;
  readonly id: string;
  readonly onChanged: () => void;
}

const CHANGED_MEANWHILE = 409;

export function CasePage({ log, forms, id, onChanged }: Props) {
  const { say } = useTexts();
  const { found, again, put } = useAsked(() => logsClient.case(log.study, log.id, id), `${log.id} ${id}`);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isStale, setStale] = useState(false);
  const detail = shown(found);
  const change = async (ask: () => Promise<CaseDetail>): Promise<boolean> => {
    setProblem(null);
    setStale(false);
    try {
      put(await ask());
      onChanged();
      return true;
    } catch (error) {
      const fault = asProblem(error);
      if (fault.status === CHANGED_MEANWHILE) {
        setStale(true);
        again();
      } else setProblem(fault);
      return false;
    }
  };
  return (
    <div class="log-part case-page">
      <p>
        <a href={withQuery({ case: null }).href}>{say("logs.case.back")}</a>
      </p>
      {found.state === "failed" && <Trouble problem={found.problem} onAgain={again} />}
      {!detail && found.state === "loading" && <p class="quiet">{say("logs.loading")}</p>}
      {isStale && (
        <p class="indicators-stale" role="alert">
          {say("logs.case.stale")}
        </p>
      )}
      {detail && (
        <>
          <Head detail={detail} forms={forms} />
          <Flags detail={detail} forms={forms} />
          <Missions detail={detail} forms={forms} />
          <Decide
            key={`${detail.case.status} ${detail.history.length}`}
            detail={detail}
            forms={forms}
            onStatus={(status, comment) =>
              change(() =>
                logsClient.setStatus(log.study, log.id, detail.case.id, {
                  status,
                  comment,
                  seen: detail.case.status,
                }),
              )
            }
            onComment={(text) => change(() => logsClient.comment(log.study, log.id, detail.case.id, text))}
          />
          {problem && <Trouble problem={problem} />}
          <History detail={detail} forms={forms} />
        </>
      )}
    </div>
  );
}

function Head({ detail, forms }: { detail: CaseDetail; forms: LogForms }) {
  const { say, local } = useTexts();
  const one = detail.case;
  const status = local(forms.statuses.find((word) => word.id === one.status)?.title);
  const where = [one.urgency, one.municipality, one.units.join(", ")].filter(Boolean).join(" · ");
  return (
    <header class="case-head">
      <h2>{say("logs.case.title", { id: one.id })}</h2>
      <span class={`case-status case-${one.status}`}>{status}</span>
      <p>
        {one.call_t ? stampText(one.call_t, detail.zone) : say("logs.review.unknown")}
        {where && ` · ${where}`}
      </p>
      {detail.generated && <p class="log-generated">{say("logs.generated")}</p>}
    </header>
  );
}

function Flags({ detail, forms }: { detail: CaseDetail; forms: LogForms }) {
  const { say, local, numbers } = useTexts();
  return (
    <section class="case-flags" aria-labelledby="case-flags">
      <h3 id="case-flags">{say("logs.case.why")}</h3>
      <ul>
        {detail.flags.map((flag, number) => {
          const rule = forms.review_rules.find((one) => one.id === flag.rule);
          const unit = rule?.unit ?? "s";
          return (
            <li key={number} class={flag.gone_at ? "quiet" : ""}>
              <p>
                <strong>{local(rule?.title) || flag.rule}</strong>
                {flag.value !== null && ` ${measured(say, numbers, flag.value, unit)}`}
                {flag.limit !== null &&
                  ` (${say("logs.case.limit", { limit: measured(say, numbers, flag.limit, unit) })})`}
                {flag.detail && ` · ${flag.detail}`}
                {flag.gone_at && ` · ${say("logs.case.no_longer")}`}
              </p>
              {!flag.gone_at && <p class="quiet">{local(rule?.look)}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
