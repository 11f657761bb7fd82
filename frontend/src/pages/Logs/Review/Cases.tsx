// Single cases of the queue, the gravest first, narrowed as somebody asks; each opens with its stamps and history.
import { useState } from "preact/hooks";
import {
  filterQuery,
  logLink,
  logsClient,
  type Case,
  type CaseList,
  type LogForms,
  type MissionLog,
} from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { setQuery, withQuery } from "../../../state/location.ts";
import { shown } from "../../../state/remote.ts";
import { Trouble } from "../../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../../components/useAsked.ts";
import { stampText } from "../words.ts";
import { asked, chosenFilter, isNarrowed, KEYS } from "./filter.ts";
import { Filters } from "./Filters.tsx";

interface Props {
  readonly log: MissionLog;
  readonly forms: LogForms;
}

const PAGE = 50;

export function Cases({ log, forms }: Props) {
  const { say, numbers } = useTexts();
  const [limit, setLimit] = useState(PAGE);
  const chosen = chosenFilter();
  const filter = asked(chosen, forms.statuses);
  const { found, again } = useAsked(
    () => logsClient.cases(log.study, log.id, filter, limit),
    `${filterQuery(filter)} ${limit}`,
  );
  const list = shown(found);
  const total = list?.total ?? 0;
  const count = numbers.whole(total);
  const clear = () => setQuery(Object.fromEntries(KEYS.map((key) => [key, null])));
  return (
    <section class="cases" aria-label={say("logs.review.cases")}>
      <Filters
        chosen={chosen}
        forms={forms}
        units={list?.units ?? []}
        municipalities={list?.municipalities ?? []}
        onClear={isNarrowed(chosen) ? clear : undefined}
      />
      {found.state === "failed" && <Trouble problem={found.problem} onAgain={again} />}
      {list && (
        <div class="log-tools">
          <p role="status" class="cases-total">
            {total > list.cases.length
              ? say("logs.review.shown", { shown: numbers.whole(list.cases.length), count })
              : say(total === 1 ? "logs.review.one" : "logs.review.total", { count })}
          </p>
          {total > 0 &&
            (["csv", "xlsx"] as const).map((kind) => (
              <a
                key={kind}
                class="button"
                download
                href={logLink(log.study, log.id, `review/export.${kind}?${filterQuery(filter)}`)}
              >
                {say(`logs.review.${kind}`)}
              </a>
            ))}
        </div>
      )}
      {list && total === 0 && <p>{say("logs.review.empty")}</p>}
      {!list && found.state === "loading" && <p class="quiet">{say("logs.loading")}</p>}
      {list && total > 0 && <List list={list} log={log} forms={forms} />}
      {list && total > list.cases.length && (
        <p>
          <button type="button" class="button" onClick={() => setLimit(limit + PAGE)}>
            {say("logs.review.more")}
          </button>
        </p>
      )}
      <p class="quiet cases-privacy">{say("logs.review.privacy")}</p>
    </section>
  );
}

function List({ list, log, forms }: Props & { list: CaseList }) {
  const { say, local } = useTexts();
  const zone = log.store?.zone ?? "UTC";
  const rule = (id: string) => local(forms.review_rules.find((one) => one.id === id)?.title) || id;
  const status = (id: string) => local(forms.statuses.find((one) => one.id === id)?.title) || id;
  return (
    <ul class="case-list">
      {list.cases.map((one) => (
        <li key={one.id} class="case-row">
          <a href={withQuery({ case: String(one.id) }).href}>{say("logs.case.title", { id: one.id })}</a>
          <span class="case-when">{when(one, zone) || say("logs.review.unknown")}</span>
          <span class="case-where">
            {[one.urgency, one.municipality, one.units.join(", ")].filter(Boolean).join(" · ")}
          </span>
          <span class="case-why">{one.rules.map(rule).join(", ")}</span>
          <span class={`case-status case-${one.status}`}>
            {status(one.status)}
            {one.assigned && ` · ${one.assigned}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

const when = (one: Case, zone: string): string => (one.call_t ? stampText(one.call_t, zone) : "");
