// Every page of a study beside its map: one line makes a page, with its place in the menu and its link `/s/STUDY/ID`.
import type { Load } from "../app/Lazy.tsx";

export interface Page {
  readonly id: string;
  /** Key of its name in the language files. */
  readonly title: string;
  readonly load: Load;
  /** Stands in the menu of analyses, not in the bar itself. */
  readonly isAnalysis?: boolean;
}

/** A page made of chapters of the newest run, by their ids in the report, until it has a screen of its own. */
function topic(id: string, chapters: readonly string[]): Page {
  const title = `panel.page.${id}`;
  const load = async () => ({ default: (await import("./Topic/Topic.tsx")).topicPage(title, chapters) });
  return { id, title, load, isAnalysis: true };
}

export const PAGES: readonly Page[] = [
  { id: "playback", title: "playback.title", load: () => import("./Playback/Playback.tsx") },
  { id: "compare", title: "panel.page.compare", load: () => import("./Compare/Compare.tsx") },
  { id: "logs", title: "logs.title", load: () => import("./Logs/Logs.tsx"), isAnalysis: true },
  { id: "siting", title: "panel.page.siting", load: () => import("./Siting/Siting.tsx"), isAnalysis: true },
  {
    id: "dimensioning",
    title: "panel.page.dimensioning",
    load: () => import("./Dimensioning/Dimensioning.tsx"),
    isAnalysis: true,
  },
  {
    id: "rosters",
    title: "panel.page.rosters",
    load: () => import("./Rosters/Rosters.tsx"),
    isAnalysis: true,
  },
  {
    id: "free-units",
    title: "policies.title",
    load: () => import("./FreeUnits/FreeUnits.tsx"),
    isAnalysis: true,
  },
  {
    id: "planned-tasks",
    title: "tasks.title",
    load: () => import("./PlannedTasks/PlannedTasks.tsx"),
    isAnalysis: true,
  },
  { id: "major", title: "major.title", load: () => import("./Major/Major.tsx"), isAnalysis: true },
  {
    id: "demand",
    title: "panel.page.demand",
    load: () => import("./Demand/Demand.tsx"),
    isAnalysis: true,
  },
  { id: "roads", title: "roads.title", load: () => import("./Roads/Roads.tsx"), isAnalysis: true },
  topic("staff", ["staff", "cost", "climate"]),
  topic("travel", ["patient-travel"]),
  topic("income", ["income"]),
  { id: "risk", title: "panel.page.risk", load: () => import("./Risk/Risk.tsx"), isAnalysis: true },
  { id: "report", title: "panel.page.report", load: () => import("./Report/Report.tsx") },
  { id: "runs", title: "panel.page.runs", load: () => import("./Runs/Runs.tsx") },
];
