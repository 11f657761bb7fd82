// The sites of an answer, and what each covers.
import type { Cover, SitePlace } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { MINUTES } from "../../numbers/forms.ts";

const ORDER = ["new", "given_up", "kept"];
const NEAR: Readonly<Record<string, string>> = {
  all: "siting.near_all",
  some: "siting.near_some",
  none: "siting.near_none",
  "open question": "siting.near_open",
};

export function SiteTable({ sites, cover }: { sites: readonly SitePlace[]; cover: Cover }) {
  const { say, local, numbers } = useTexts();
  const byId = new Map(sites.map((one) => [one.id, one]));
  const rows = [...cover.sites].sort(
    (one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status) || other.calls - one.calls,
  );
  const hasNear = sites.some((one) => one.near_best !== null);
  return (
    <div class="analysis-scroll">
      <table class="analysis-table">
        <thead>
          <tr>
            <th>{say("siting.site")}</th>
            <th>{say("siting.becomes")}</th>
            <th class="is-number">{say("siting.units")}</th>
            <th class="is-number">{say("siting.nearest_calls")}</th>
            <th class="is-number">{say("siting.within_calls")}</th>
            <th class="is-number">{say("siting.longest")}</th>
            {hasNear && <th>{say("siting.near_best")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const site = byId.get(row.site);
            return (
              <tr key={row.site}>
                <th scope="row">{local(site?.name) || row.site}</th>
                <td>{say(`siting.${row.status}`)}</td>
                <td class="is-number">{numbers.whole(row.units)}</td>
                <td class="is-number">{numbers.whole(row.calls)}</td>
                <td class="is-number">{numbers.whole(row.within)}</td>
                <td class="is-number">{numbers.text(row.longest_s, MINUTES)}</td>
                {hasNear && <td>{site?.near_best ? say(NEAR[site.near_best] ?? "") : "–"}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
