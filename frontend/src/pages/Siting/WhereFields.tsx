// Where stations may be: of which alternative, what is fixed, a lattice, places of one’s own.
import { useTexts } from "../../components/texts.ts";
import { service } from "../../state/service.ts";
import { AlternativeField } from "../Analysis/AlternativeField.tsx";
import { NumberField, TextField } from "../Analysis/fields.tsx";
import type { Lock, PartProps } from "./question.ts";

export function Where({ asked, change }: PartProps) {
  const { say } = useTexts();
  const stations = service.value?.stations ?? [];
  const points = service.value?.standby_points ?? [];
  const sites = [
    ...stations.map((one) => ({ id: one.id, name: one.name, today: one.units > 0 })),
    ...points.map((one) => ({ id: `standby:${one.id}`, name: one.name, today: false })),
  ];
  const lock = (id: string, how: Lock) => change({ locks: { ...asked.locks, [id]: how } });
  const today = sites.filter((one) => one.today);
  const allKept = today.length > 0 && today.every((one) => asked.locks[one.id] === "open");
  return (
    <>
      <AlternativeField value={asked.alternative} onChange={(alternative) => change({ alternative })} />
      <label class="ask-tick">
        <input
          type="checkbox"
          checked={allKept}
          onChange={({ currentTarget }) =>
            change({
              locks: {
                ...asked.locks,
                ...Object.fromEntries(today.map((one) => [one.id, currentTarget.checked ? "open" : "free"])),
              },
            })
          }
        />
        {say("siting.lock_all")}
      </label>
      <details class="ask-locks">
        <summary>{say("siting.field.lock")}</summary>
        <div class="ask-locks-list">
          {sites.map((one) => (
            <label key={one.id}>
              <span>{one.name}</span>
              <select
                class="field"
                value={asked.locks[one.id] ?? "free"}
                onChange={({ currentTarget }) => lock(one.id, currentTarget.value as Lock)}
              >
                {(["free", "open", "closed"] as const).map((how) => (
                  <option key={how} value={how}>
                    {say(`siting.lock_${how}`)}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      </details>
      <NumberField
        label={say("siting.field.lattice_km")}
        help={say("siting.help.lattice_km")}
        unit="km"
        min={0.5}
        max={100}
        value={asked.latticeKm}
        onChange={(latticeKm) => change({ latticeKm })}
      />
      <TextField
        label={say("siting.field.candidates")}
        help={say("siting.candidates_help")}
        rows={4}
        placeholder={"id,lat,lon,name\nlysaker,59.9135,10.6360,Lysaker"}
        value={asked.candidates}
        onChange={(candidates) => change({ candidates })}
      />
      <label class="ask-file">
        <span>{say("siting.candidates_file")}</span>
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={({ currentTarget }) => {
            void currentTarget.files?.[0]?.text().then((candidates) => change({ candidates }));
          }}
        />
      </label>
      <label class="ask-tick">
        <input
          type="checkbox"
          checked={asked.onlyCandidates}
          onChange={({ currentTarget }) => change({ onlyCandidates: currentTarget.checked })}
        />
        {say("siting.field.only_candidates")}
      </label>
    </>
  );
}
