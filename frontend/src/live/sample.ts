// A unit, an incident and a piece of advice for tests.
import type { Incident, SendAdvice, SendGiven, Unit } from "./api/types.ts";

export const someUnit = (id: string, more: Partial<Unit["properties"]> = {}): Unit => ({
  type: "Feature",
  id,
  geometry: null,
  properties: {
    id,
    status: "at_station",
    said: null,
    since_ms: 0,
    incident: null,
    hospital: null,
    position_ms: null,
    on_duty: true,
    free: true,
    status_stale: false,
    position_stale: false,
    rounded_m: null,
    shared: "",
    outside_region: false,
    conflicts: [],
    ...more,
  },
});

export const someIncident = (id: string, more: Partial<Incident["properties"]> = {}): Incident => ({
  type: "Feature",
  id,
  geometry: null,
  properties: {
    id,
    state: "open",
    urgency: "A",
    centre: null,
    opened_ms: 0,
    units: [],
    outside_region: false,
    conflicts: [],
    ...more,
  },
});

export const someAdvice = (more: Partial<SendAdvice> = {}, done: SendGiven["done"] = null): SendGiven => ({
  id: "x",
  about: "i1",
  at_ms: 0,
  seen_by: [],
  done,
  advice: {
    incident: "i1",
    deed: "send",
    unit: "e-2",
    centre: null,
    ask_s: null,
    from_incident: null,
    reason: "nearest",
    nearest: "e-2",
    promised: [],
    number: 1,
    at_ms: 0,
    choices: [
      {
        unit: "e-2",
        centre: "east",
        expected_s: 360,
        at_home: true,
        people_lost: 0.031,
        calls_lost: 0.02,
        position_stale: false,
      },
    ],
    ...more,
  },
});
