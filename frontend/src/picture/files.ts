// A picture as a file: SVG as it is written, with its typeface inside; PNG made of that.
import regularUrl from "../../../src/beredt/report/fonts/inter-regular.otf?url";
import semiboldUrl from "../../../src/beredt/report/fonts/inter-semibold.otf?url";
import type { PictureForm } from "../state/exports.ts";
import type { Picture } from "./picture.ts";

const WEIGHTS = [
  [400, regularUrl],
  [600, semiboldUrl],
] as const;

/** So many pixels for each of the screen's, at least: pictures are enlarged on slides. */
const SHARP = 2;

function asDataUrl(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string); // a data URL is asked for below
    reader.onerror = () => reject(reader.error ?? new Error("the typeface cannot be read"));
    reader.readAsDataURL(content);
  });
}

/** The screen's typeface as a style that travels inside the picture. */
export async function typeface(): Promise<string> {
  const faces = WEIGHTS.map(async ([weight, url]) => {
    const data = await asDataUrl(await (await fetch(url)).blob());
    return `@font-face{font-family:"Beredt Inter";font-weight:${weight};src:url(${data}) format("opentype")}`;
  });
  return (await Promise.all(faces)).join("");
}

const svgBlob = ({ svg }: Picture) => new Blob([svg], { type: "image/svg+xml" });

async function asPng(picture: Picture): Promise<Blob> {
  const sharp = Math.max(SHARP, window.devicePixelRatio);
  const image = new Image();
  // Not by an address of the page's own: that would be under the page's policy, which forbids styles that a file brings along.
  image.src = await asDataUrl(svgBlob(picture));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * sharp);
  canvas.height = Math.round(picture.height * sharp);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture was made"))), "image/png"),
  );
}

export const asFile = (picture: Picture, form: PictureForm): Promise<Blob> =>
  form === "png" ? asPng(picture) : Promise.resolve(svgBlob(picture));
