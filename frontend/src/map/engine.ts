// MapLibre behind a few verbs: what the screen wants of a map, and nothing else of it leaks out.
import { signal } from "@preact/signals";
import type { Feature, FeatureCollection } from "geojson";
import { Map as MapLibre, prewarm, setWorkerUrl, type GeoJSONSource, type MapMouseEvent } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { StudyMap } from "../api/types.ts";
import { calm } from "../state/theme.ts";
import { ARROW_NAME, arrowImage, cellLayer, dataLayers } from "./dataLayers.ts";
import { groundStyle } from "./ground.ts";
import type { Between } from "./geometry.ts";
import { boundsOf, roomAround, type Floating, type Region } from "./room.ts";

setWorkerUrl(workerUrl);
prewarm(); // its worker starts while the study is still on its way

export interface Spot {
  readonly lon: number;
  readonly lat: number;
}
export interface Pixel {
  readonly x: number;
  readonly y: number;
}
export type Camera = { readonly center: [number, number]; readonly zoom: number };

/** How far from a line a hand may point and still mean it. */
const REACH_PX = 4;

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };

export class MapEngine {
  /** Not 0 while a style is laid: what is painted is painted anew whenever this changes. */
  readonly ready = signal(0);
  /** Counts the moves of the camera: what lies over the map follows. */
  readonly moved = signal(0);
  readonly map: MapLibre;
  private dark: boolean;
  private painted: readonly (string | null)[] = [];
  private readonly over = new Map<string, FeatureCollection | Feature>();

  private readonly floating: Floating;
  /** Whether the whole map is what was asked for last: not moved by hand, nor to a place. */
  private isWhole = true;

  constructor(container: HTMLElement, study: StudyMap, region: Region, dark: boolean, floating: Floating) {
    this.floating = floating;
    this.dark = dark;
    this.map = new MapLibre({
      container,
      style: groundStyle(study, dark, cellLayer(dark)),
      validateStyle: false,
      bounds: boundsOf(study, region),
      fitBoundsOptions: { padding: roomAround(container, floating) },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      keyboard: false,
      maxZoom: 16,
      minZoom: 6,
      fadeDuration: 0,
      refreshExpiredTiles: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.getCanvas().tabIndex = -1;
    this.map.on("style.load", () => {
      this.painted = [];
      this.ready.value += 1;
    });
    this.map.on("move", () => (this.moved.value += 1));
    this.map.on("resize", () => (this.moved.value += 1));
    this.map.on("movestart", (event) => {
      if ("originalEvent" in event && event.originalEvent) this.isWhole = false;
    });
    // Whoever waits for the whole picture, to keep it or to measure, looks here.
    this.map.on("render", () => delete container.dataset["whole"]);
    this.map.on("idle", () => (container.dataset["whole"] = "true"));
  }

  remove(): void {
    this.map.remove();
  }

  restyle(study: StudyMap, dark: boolean): void {
    this.ready.value = 0; // nothing can be painted until the style is there
    this.dark = dark;
    this.map.setStyle(groundStyle(study, dark, cellLayer(dark)), { diff: false });
  }

  /** Colour squares; only those whose colour changed are touched. */
  paintAreas(colours: readonly (string | null)[], count: number): void {
    for (let id = 0; id < count; id += 1) {
      const colour = colours[id] ?? null;
      if (colour === (this.painted[id] ?? null)) continue;
      this.map.setFeatureState({ source: "areas", id }, { colour: colour ?? "#00000000" });
    }
    this.painted = colours;
  }

  /** Lay data over the squares; nothing where there has been none yet costs nothing. */
  lay(source: string, data: FeatureCollection | Feature = NOTHING): void {
    this.over.set(source, data);
    const known = this.map.getSource<GeoJSONSource>(source);
    if (known) void known.setData(data);
    else if (data.type === "Feature" || data.features.length > 0) this.add(source, data);
  }

  /** What lies over the squares under a name. */
  laid(source: string): FeatureCollection | Feature | undefined {
    return this.over.get(source);
  }

  /** A source with its layers, each in its place: below the next of its kind that is there. */
  private add(source: string, data: FeatureCollection | Feature): void {
    this.map.addSource(source, { type: "geojson", data, maxzoom: 12, tolerance: 0.2 });
    const layers = dataLayers(this.dark);
    layers.forEach((one, index) => {
      if (!("source" in one) || one.source !== source) return;
      if (one.layout && "icon-image" in one.layout) this.addArrow();
      const above = layers.slice(index + 1).find(({ id }) => this.map.getLayer(id));
      this.map.addLayer(one, above?.id);
    });
  }

  private addArrow(): void {
    const arrow = arrowImage();
    if (arrow && !this.map.hasImage(ARROW_NAME)) this.map.addImage(ARROW_NAME, arrow, { sdf: true });
  }

  /** The number of the square below a pixel; undefined where nobody lives. */
  areaAt(point: Pixel): number | undefined {
    if (!this.map.getLayer("areas")) return undefined;
    const found = this.map.queryRenderedFeatures([point.x, point.y], { layers: ["areas"] })[0];
    return typeof found?.id === "number" ? found.id : undefined;
  }

  /** Whose border is at a pixel, or as near as a hand points; undefined where there is none. */
  borderAt({ x, y }: Pixel): Between | undefined {
    if (!this.map.getLayer("border")) return undefined;
    const corners: [[number, number], [number, number]] = [
      [x - REACH_PX, y - REACH_PX],
      [x + REACH_PX, y + REACH_PX],
    ];
    const found = this.map.queryRenderedFeatures(corners, { layers: ["border"] })[0]?.properties;
    const { one, other } = (found ?? {}) as Partial<Between>;
    return one && other ? { one, other } : undefined;
  }

  pixel({ lon, lat }: Spot): Pixel {
    return this.map.project([lon, lat]);
  }

  spot({ x, y }: Pixel): Spot {
    const { lng, lat } = this.map.unproject([x, y]);
    return { lon: lng, lat };
  }

  /** What of the map is seen, for what is laid over it. */
  view() {
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    return { zoom: this.map.getZoom(), width, height, pixel: (spot: Spot) => this.pixel(spot) };
  }

  camera(): Camera {
    const { lng, lat } = this.map.getCenter();
    return { center: [lng, lat], zoom: this.map.getZoom() };
  }

  see(camera: Camera): void {
    this.isWhole = false;
    this.map.jumpTo(camera);
  }

  whole(study: StudyMap, region: Region): void {
    this.isWhole = true;
    this.fit(study, region, !calm());
  }

  /** Where the whole is shown, show it anew whenever its room changes; what somebody looks at more closely stays. */
  keepWhole(study: StudyMap, region: Region): void {
    this.map.on("resize", () => {
      if (this.isWhole) this.fit(study, region, false);
    });
  }

  private fit(study: StudyMap, region: Region, animate: boolean): void {
    const padding = roomAround(this.map.getContainer(), this.floating);
    this.map.fitBounds(boundsOf(study, region), { padding, animate, duration: 140 });
  }

  zoom(by: number): void {
    this.isWhole = false;
    this.map.zoomTo(this.map.getZoom() + by, { animate: !calm(), duration: 140 });
  }

  pan(x: number, y: number): void {
    this.isWhole = false;
    this.map.panBy([x, y], { animate: false });
  }

  /** Bring a place into view, if it is not. */
  reveal(spot: Spot): void {
    const { x, y } = this.pixel(spot);
    const { clientWidth, clientHeight } = this.map.getContainer();
    const inside = x > 60 && y > 60 && x < clientWidth - 60 && y < clientHeight - 60;
    if (inside) return;
    this.isWhole = false;
    this.map.panTo([spot.lon, spot.lat], { animate: !calm(), duration: 140 });
  }

  /** Tell once, when the whole map is drawn for the first time, or is moved by hand before that. */
  whenDrawnOrMoved(told: () => void): void {
    void this.map.once("idle").then(told);
    this.map.on("movestart", (event) => {
      if ("originalEvent" in event && event.originalEvent) told();
    });
  }

  onPoint(name: "mousemove" | "mouseout" | "click", told: (event: MapMouseEvent) => void): void {
    this.map.on(name, told);
  }
}
