/** Small logs for the tests of these pages: nobody's missions. */
import type { CaseDetail, LogForms, MissionLog } from "../../api/logs.ts";

const text = (en: string) => ({ en, nb: en, nn: en });

export const someForms: LogForms = {
  profiles: [{ id: "amis", title: text("AMIS"), description: text("An export") }],
  rules: [
    { id: "grouped", action: "mark", optional: true, what: text("Joined"), remedy: text("Nothing") },
    { id: "broken_row", action: "mark", optional: false, what: text("Broken"), remedy: text("Ask") },
  ],
  review_rules: [{ id: "late", unit: "s", title: text("Late"), look: text("Look") }],
  statuses: [
    { id: "new", title: text("New"), done: false },
    { id: "open", title: text("Looked at"), done: false },
    { id: "closed", title: text("Closed"), done: true },
  ],
  fields: { call_t: text("call"), scene_t: text("at the scene"), unit: text("unit") },
  least_count: 5,
  largest_bytes: 1000,
  endings: [".csv", ".xlsx"],
};

export function someLog(given: Partial<MissionLog> = {}): MissionLog {
  return {
    id: "20260101-120000-abcdef",
    study: "tiny",
    name: "amis.csv",
    origin: "upload",
    size_bytes: 100,
    added_s: 1_780_000_000,
    by: "local",
    has_file: true,
    header: {
      columns: ["enhet", "anrop"],
      fits: [{ profile: "amis", score: 0.7, columns: 2, stamps: 2 }],
      best: "amis",
      generated: false,
    },
    own_profile: false,
    profile: "",
    without: [],
    generated: false,
    store: null,
    has_queue: false,
    roster: "",
    printed: "",
    catalogue: "",
    fault: "",
    ...given,
  };
}

export function someCase(given: Partial<CaseDetail["case"]> = {}): CaseDetail {
  return {
    case: {
      id: 3,
      name: "K1",
      call_t: "2026-01-01T12:00:00Z",
      urgency: "A",
      municipality: "Vest",
      units: ["A1"],
      status: "new",
      assigned: "",
      rules: ["late"],
      ...given,
    },
    zone: "Europe/Oslo",
    generated: true,
    lat: 59.9,
    lon: 10.5,
    flags: [
      { rule: "late", value: 2400, limit: 1500, detail: "", found_at: "2026-02-01T12:00:00Z", gone_at: null },
    ],
    missions: [
      {
        unit: "A1",
        unit_kind: "ambulance",
        station: "Vest",
        organisation: "",
        urgency: "A",
        cancelled: false,
        stamps: { call_t: "2026-01-01T12:00:00Z", alerted_t: null, scene_t: "2026-01-01T12:40:00Z" },
        marks: ["grouped"],
        file: "amis.csv",
        row: 17,
      },
    ],
    history: [
      {
        at: "2026-02-01T12:00:00Z",
        who: "ann",
        what: "flagged",
        before: "",
        after: "new",
        comment: "late",
      },
    ],
  };
}
