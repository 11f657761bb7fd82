// Units and incidents on a canvas over the map. Urgency is told by shape, colour and letter.
import { ink } from "../map/ground.ts";
import type { Pixel, Spot } from "../map/engine.ts";
import type { Urgency } from "./file.ts";
import type { IncidentNow, UnitNow } from "./moment.ts";

export const URGENCY_COLOURS: Readonly<Record<Urgency, string>> = {
  A: "#d55e00",
  H: "#f0b335",
  V: "#56b4e9",
};
const URGENCY_TEXT: Readonly<Record<Urgency, string>> = { A: "#ffffff", H: "#16191d", V: "#16191d" };

/** What a unit does, in three colours: ready, on a mission, on its way back. */
export type Doing = "ready" | "busy" | "away";
const DOING: Readonly<Record<string, Doing>> = {
  mobilising: "busy",
  to_scene: "busy",
  at_scene: "busy",
  to_hospital: "busy",
  at_hospital: "busy",
  returning: "away",
  to_standby: "away",
  to_task: "away",
  moving: "away",
  going_off: "away",
};
export const doing = (status: string): Doing => DOING[status] ?? "ready";

export interface Scene {
  readonly pen: CanvasRenderingContext2D;
  readonly pixel: (spot: Spot) => Pixel;
  readonly dark: boolean;
  readonly zoom: number;
}

function path(pen: CanvasRenderingContext2D, urgency: Urgency, { x, y }: Pixel, size: number): void {
  pen.beginPath();
  if (urgency === "V") pen.arc(x, y, size, 0, Math.PI * 2);
  else if (urgency === "H") pen.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
  else {
    pen.moveTo(x, y - size * 1.3);
    pen.lineTo(x + size * 1.3, y);
    pen.lineTo(x, y + size * 1.3);
    pen.lineTo(x - size * 1.3, y);
    pen.closePath();
  }
}

export function drawIncident({ pen, pixel, dark }: Scene, { incident, waiting, reached }: IncidentNow): void {
  const at = pixel(incident);
  const { urgency } = incident;
  pen.globalAlpha = reached ? 0.6 : 1;
  if (waiting !== undefined) {
    path(pen, urgency, at, 14);
    pen.lineWidth = 2;
    pen.setLineDash([3, 3]);
    pen.strokeStyle = ink("ink", dark);
    pen.stroke();
    pen.setLineDash([]);
  }
  path(pen, urgency, at, 9);
  pen.fillStyle = URGENCY_COLOURS[urgency];
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = ink("surface", dark);
  pen.stroke();
  pen.font = '600 11px "Beredt Inter"';
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = URGENCY_TEXT[urgency];
  pen.fillText(urgency, at.x, at.y + 0.5);
  pen.globalAlpha = 1;
}

const sizeOf = (zoom: number) => Math.min(Math.max(3.5 + (zoom - 8) * 0.9, 4), 9);

/** A unit: a disc while it stands, an arrow head while it drives; a patient on board is a dot in it. */
export function drawUnit({ pen, pixel, dark, zoom }: Scene, now: UnitNow, followed: boolean): void {
  const { x, y } = pixel(now);
  const what = doing(now.status);
  const size = sizeOf(zoom) + (followed ? 2 : 0);
  pen.save();
  pen.translate(x, y);
  pen.beginPath();
  if (now.heading === undefined) pen.arc(0, 0, size, 0, Math.PI * 2);
  else {
    pen.rotate(-now.heading);
    pen.moveTo(size * 1.6, 0);
    pen.lineTo(-size, size);
    pen.lineTo(-size * 0.5, 0);
    pen.lineTo(-size, -size);
    pen.closePath();
  }
  pen.fillStyle = ink(what, dark);
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = ink(what === "ready" ? "edge" : "surface", dark);
  pen.stroke();
  if (now.status === "to_hospital" || now.status === "at_hospital") {
    pen.beginPath();
    pen.arc(0, 0, size * 0.35, 0, Math.PI * 2);
    pen.fillStyle = "#ffffff";
    pen.fill();
  }
  if (followed) {
    pen.beginPath();
    pen.arc(0, 0, size + 8, 0, Math.PI * 2);
    pen.lineWidth = 2;
    pen.strokeStyle = ink("accent", dark);
    pen.stroke();
  }
  pen.restore();
}

export function drawTrail({ pen, pixel, dark }: Scene, places: readonly (readonly [number, number])[]): void {
  pen.beginPath();
  places.forEach(([lon, lat], index) => {
    const { x, y } = pixel({ lon, lat });
    if (index === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  pen.lineWidth = 3;
  pen.lineJoin = "round";
  pen.globalAlpha = 0.55;
  pen.strokeStyle = ink("accent", dark);
  pen.stroke();
  pen.globalAlpha = 1;
}

export function drawStation({ pen, pixel, dark, zoom }: Scene, spot: Spot, name: string): void {
  const { x, y } = pixel(spot);
  pen.fillStyle = ink("surface", dark);
  pen.strokeStyle = ink("ink", dark);
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.rect(x - 4, y - 4, 8, 8);
  pen.fill();
  pen.stroke();
  if (zoom < 9) return;
  pen.font = '12px "Beredt Inter"';
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.lineWidth = 3;
  pen.lineJoin = "round";
  pen.strokeStyle = ink("surface", dark);
  pen.strokeText(name, x, y + 8);
  pen.fillStyle = ink("quiet", dark);
  pen.fillText(name, x, y + 8);
}
