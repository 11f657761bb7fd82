// The stamps of all units of an incident beside one another, on the log's own clock.
import type { CaseDetail, LogForms } from "../../../api/logs.ts";
import { useTexts } from "../../../components/texts.ts";
import { clockText } from "../words.ts";

interface Props {
  readonly detail: CaseDetail;
  readonly forms: LogForms;
}

export function Missions({ detail, forms }: Props) {
  const { say, local } = useTexts();
  const missions = detail.missions;
  if (missions.length === 0) return <p>{say("logs.case.no_missions")}</p>;
  const stamps = Object.keys(missions[0]?.stamps ?? {}).filter((stamp) =>
    missions.some((one) => one.stamps[stamp]),
  );
  const what = (id: string) => local(forms.rules.find((one) => one.id === id)?.what) || id;
  return (
    <section class="case-missions" aria-labelledby="case-missions">
      <h3 id="case-missions">{say("logs.case.missions")}</h3>
      <div class="log-table" tabIndex={0} role="region" aria-labelledby="case-missions">
        <table>
          <thead>
            <tr>
              <th scope="col">{say("logs.review.unit")}</th>
              {stamps.map((stamp) => (
                <th key={stamp} scope="col">
                  {local(forms.fields[stamp]) || stamp}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {missions.map((one, number) => (
              <tr key={number}>
                <th scope="row">
                  {one.unit || say("logs.review.unknown")}
                  <span class="quiet case-unit">
                    {[one.station, one.organisation, one.cancelled ? say("logs.case.cancelled") : ""]
                      .filter(Boolean)
                      .join(", ")}
                  </span>
                </th>
                {stamps.map((stamp) => {
                  const at = one.stamps[stamp];
                  return <td key={stamp}>{at ? clockText(at, detail.zone) : "–"}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul class="case-notes">
        {missions.map((one, number) => (
          <li key={number} class="quiet">
            {one.unit}: {one.file && say("logs.case.source", { file: one.file, row: one.row })}
            {one.marks.length > 0 && (
              <> · {say("logs.case.marks", { rules: one.marks.map(what).join(" ") })}</>
            )}
          </li>
        ))}
        {detail.lat !== null && detail.lon !== null && (
          <li class="quiet">
            {say("logs.case.place", { lat: detail.lat.toFixed(4), lon: detail.lon.toFixed(4) })}
          </li>
        )}
      </ul>
    </section>
  );
}
