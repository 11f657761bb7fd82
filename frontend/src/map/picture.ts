// The map as a picture that explains itself: title, what is shown, stations, legend, scale, and what it rests on.
import type { ServiceStation } from "../api/types.ts";
import type { MapEngine } from "./engine.ts";
import { ink } from "./ground.ts";
import { scaleBar, scaleText } from "./scaleBar.ts";
import { roomForNames } from "./Stations/Stations.tsx";
import type { Layer } from "./layers.ts";

/** Texts of a picture, in the language of the screen. */
export interface Told {
  readonly title: string;
  readonly about: string;
  readonly source: string;
}

const [EDGE, HEAD, FOOT] = [20, 72, 108];
const FULL_TURN = 2 * Math.PI;

type Pen = CanvasRenderingContext2D;

/** The canvas of the map right after it was drawn: later it is empty. */
function drawn(engine: MapEngine): Promise<ImageBitmap> {
  return new Promise((resolve, reject) => {
    void engine.map.once("render", () => {
      createImageBitmap(engine.map.getCanvas()).then(resolve, reject);
    });
    engine.map.triggerRepaint();
  });
}

export async function drawPicture(
  engine: MapEngine,
  stations: readonly ServiceStation[],
  layer: Layer,
  told: Told,
  dark: boolean,
): Promise<Blob> {
  const map = await drawn(engine);
  const { clientWidth: width, clientHeight: height } = engine.map.getContainer();
  const sharp = map.width / width;
  const canvas = document.createElement("canvas");
  canvas.width = map.width;
  canvas.height = Math.round((HEAD + height + FOOT) * sharp);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("this browser draws no pictures");
  const font = getComputedStyle(document.body).fontFamily;
  pen.scale(sharp, sharp);
  pen.fillStyle = ink("surface", dark);
  pen.fillRect(0, 0, width, HEAD + height + FOOT);
  pen.fillStyle = dark ? "#0f1214" : "#f6f6f4";
  pen.fillRect(0, HEAD, width, height);
  pen.drawImage(map, 0, HEAD, width, height);
  const write = (text: string, x: number, y: number, style: string, colour = ink("ink", dark)) => {
    pen.font = `${style} ${font}`;
    pen.fillStyle = colour;
    pen.fillText(text, x, y, width - x - EDGE);
  };
  write(told.title, EDGE, 32, "600 20px");
  write(told.about, EDGE, 56, "14px", ink("quiet", dark));
  pen.save();
  pen.beginPath();
  pen.rect(0, HEAD, width, height);
  pen.clip();
  const spots = new Map(stations.map((one) => [one.id, engine.pixel(one)]));
  const sides = roomForNames(stations, (id) => spots.get(id) ?? { x: 0, y: 0 });
  for (const one of stations) drawStation(pen, engine, one, sides.get(one.id), font, dark);
  pen.restore();
  drawLegend(pen, layer, HEAD + height + 26, width, font, dark);
  drawScale(pen, engine, width, HEAD + height - 20, font, dark);
  write(told.source, EDGE, HEAD + height + FOOT - 14, "11px", ink("quiet", dark));
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture was made"))), "image/png"),
  );
}

function drawStation(
  pen: Pen,
  engine: MapEngine,
  one: ServiceStation,
  side: "left" | "right" | undefined,
  font: string,
  dark: boolean,
): void {
  if (one.change === "gone") return;
  const { x, y } = engine.pixel(one);
  const [fore, back] = [ink("ink", dark), ink("surface", dark)];
  pen.beginPath();
  pen.arc(x, y + HEAD, 11, 0, FULL_TURN);
  pen.fillStyle = fore;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = back;
  pen.stroke();
  pen.font = `600 12px ${font}`;
  pen.textAlign = "center";
  pen.fillStyle = back;
  pen.fillText(String(one.units), x, y + HEAD + 4);
  if (side) {
    const beside = side === "right" ? x + 15 : x - 15;
    pen.textAlign = side === "right" ? "left" : "right";
    pen.lineWidth = 3;
    pen.strokeText(one.name, beside, y + HEAD + 4);
    pen.fillStyle = fore;
    pen.fillText(one.name, beside, y + HEAD + 4);
  }
  pen.textAlign = "left";
}

function drawLegend(pen: Pen, layer: Layer, top: number, width: number, font: string, dark: boolean): void {
  pen.font = `12px ${font}`;
  const quiet = ink("quiet", dark);
  let x = EDGE;
  if (layer.ordered) {
    const wide = Math.min(64, (width - 2 * EDGE - 120) / Math.max(1, layer.steps.length));
    layer.steps.forEach(({ colour, label }, index) => {
      pen.fillStyle = colour;
      pen.fillRect(x, top - 10, wide, 12);
      pen.fillStyle = ink("ink", dark);
      if (layer.marks.some(({ after }) => after === index)) pen.fillRect(x + wide - 1, top - 14, 2, 20);
      pen.textAlign = "center";
      pen.fillText(label, x + wide, top + 18);
      pen.textAlign = "left";
      x += wide;
    });
    pen.fillStyle = quiet;
    pen.fillText(layer.unit, x + 12, top);
    pen.fillText(layer.marks.map(({ label }) => `| ${label}`).join("   "), EDGE, top + 38);
    return;
  }
  let y = top;
  for (const { colour, label } of layer.steps) {
    const long = pen.measureText(label).width + 32;
    if (x + long > width - EDGE) [x, y] = [EDGE, y + 18];
    if (y > top + 40) break;
    pen.fillStyle = colour;
    pen.fillRect(x, y - 10, 12, 12);
    pen.fillStyle = ink("ink", dark);
    pen.fillText(label, x + 17, y);
    x += long;
  }
  pen.fillStyle = quiet;
  if (layer.unit) pen.fillText(layer.unit, x, y);
}

function drawScale(pen: Pen, engine: MapEngine, width: number, y: number, font: string, dark: boolean): void {
  const camera = engine.camera();
  const { metres, pixels } = scaleBar(camera.center[1], camera.zoom, 120);
  const x = width - EDGE - pixels;
  pen.strokeStyle = pen.fillStyle = ink("ink", dark);
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x, y - 6);
  pen.lineTo(x, y);
  pen.lineTo(x + pixels, y);
  pen.lineTo(x + pixels, y - 6);
  pen.stroke();
  pen.font = `12px ${font}`;
  pen.textAlign = "center";
  pen.fillText(scaleText(metres), x + pixels / 2, y - 8);
  pen.textAlign = "left";
}
