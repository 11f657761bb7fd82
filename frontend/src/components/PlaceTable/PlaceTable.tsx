/** For whom: places with what changes in each, those with a clear change first, the others folded away. */
import { useState } from "preact/hooks";
import { MINUTES, PERCENT } from "../../numbers/forms.ts";
import { ChangeText } from "../ChangeText/ChangeText.tsx";
import type { Change, Estimate, PlaceRow } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { isClear, sortPlaces, type SortKey } from "./order.ts";
import "./PlaceTable.css";

interface Props {
  places: readonly PlaceRow[];
  alone?: boolean;
  /** The place that the map shows, and what to do when a row is chosen. */
  chosen?: string | null;
  onChoose?: (id: string) => void;
}

/** Municipalities that a study has among its groups are told as such: both stand in one table. */
const KINDS = { place: ["municipality", "group"], district: ["district"] } as const;
type Kind = keyof typeof KINDS;
const ALL_KINDS: readonly Kind[] = ["place", "district"];

const isOf = (kind: Kind, row: PlaceRow): boolean => KINDS[kind].some((one) => one === row.kind);

export function PlaceTable({ places, alone = false, chosen = null, onChoose }: Props) {
  const { say, numbers } = useTexts();
  const kinds = ALL_KINDS.filter((kind) => places.some((one) => isOf(kind, one)));
  const [kind, setKind] = useState<Kind>(kinds[0] ?? "place");
  const [sort, setSort] = useState<{ key: SortKey; descending: boolean }>({
    key: "change",
    descending: false,
  });
  const [showsAll, setShowsAll] = useState(false);

  const own = places.filter((one) => isOf(kind, one));
  const sorted = sortPlaces(own, alone && sort.key === "change" ? "share" : sort.key, sort.descending);
  const folds = !alone && sort.key === "change" && !showsAll && own.some(isClear);
  const shown = folds ? sorted.filter(isClear) : sorted;
  const hidden = sorted.length - shown.length;

  const head = (key: SortKey, text: string, style = "") => (
    <SortHead
      text={text}
      style={style}
      sorted={sort.key === key ? (sort.descending ? "descending" : "ascending") : "none"}
      onSort={() => setSort({ key, descending: sort.key === key ? !sort.descending : key === "people" })}
    />
  );

  return (
    <div class="place-table">
      {kinds.length > 1 && (
        <div class="place-table-kinds" role="group" aria-label={say("panel.places.kinds")}>
          {kinds.map((one) => (
            <button key={one} type="button" aria-pressed={one === kind} onClick={() => setKind(one)}>
              {say(`panel.places.kind.${one}`)}
            </button>
          ))}
        </div>
      )}
      <div class="place-table-scroll" tabIndex={0} role="region" aria-label={say("panel.places.table")}>
        <table>
          <thead>
            <tr>
              {head("name", say("panel.places.place"), "place-table-name")}
              {head("share", say("panel.places.share"))}
              {!alone && head("difference_share", say("panel.places.change"))}
              {alone
                ? head("mean_s", say("panel.places.mean"))
                : head("difference_mean_s", say("panel.places.mean"))}
              {head("p90_s", say("panel.places.p90"), "place-table-wide")}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.id} class={row.id === chosen ? "is-chosen" : undefined}>
                <th scope="row">
                  {onChoose ? (
                    <button type="button" aria-pressed={row.id === chosen} onClick={() => onChoose(row.id)}>
                      {row.name}
                    </button>
                  ) : (
                    row.name
                  )}
                  <span class="quiet">
                    {say("panel.places.people", { people: numbers.whole(row.people) })}
                  </span>
                </th>
                <td>{numbers.text(row.share.value, PERCENT)}</td>
                {!alone && (
                  <td>
                    <ChangeText difference={row.difference_share} change={row.change} unit="share" short />
                  </td>
                )}
                <td>
                  {alone ? (
                    numbers.text(row.mean_s.value, MINUTES)
                  ) : (
                    <ChangeText
                      difference={row.difference_mean_s}
                      change={meanChange(row.difference_mean_s)}
                      unit="s"
                      short
                    />
                  )}
                </td>
                <td class="place-table-wide">{numbers.text(row.p90_s.value, MINUTES)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(hidden > 0 || (showsAll && sort.key === "change" && !alone)) && (
        <button
          type="button"
          class="button plain"
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? say("panel.places.fewer") : say("panel.places.more", { count: numbers.whole(hidden) })}
        </button>
      )}
    </div>
  );
}

/** Which way the mean goes, by its own interval: sooner is better. */
function meanChange({ value, low, high }: Estimate): Change {
  if (value === 0 && low === 0 && high === 0) return "none";
  if (low === null || high === null || (low <= 0 && high >= 0)) return "unclear";
  return low < 0 ? "better" : "worse";
}

interface HeadProps {
  text: string;
  style: string;
  sorted: "ascending" | "descending" | "none";
  onSort: () => void;
}

function SortHead({ text, style, sorted, onSort }: HeadProps) {
  return (
    <th scope="col" aria-sort={sorted} class={style}>
      <button type="button" onClick={onSort}>
        {text}
        <span aria-hidden="true">{sorted === "ascending" ? " ↑" : sorted === "descending" ? " ↓" : ""}</span>
      </button>
    </th>
  );
}
