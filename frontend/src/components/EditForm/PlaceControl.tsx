// A place on the map: picked there, or typed as degrees.
import { picking } from "../../state/picking.ts";
import { Icon } from "../Icon/Icon.tsx";
import { useTexts } from "../texts.ts";

interface Props {
  readonly id: string;
  readonly lat: string;
  readonly lon: string;
  readonly latName: string;
  readonly lonName: string;
  readonly isWrong: boolean;
  readonly describedBy: string;
  readonly onPlace: (lat: string, lon: string) => void;
}

const DIGITS = 5;

export function PlaceControl({ id, lat, lon, latName, lonName, isWrong, describedBy, onPlace }: Props) {
  const { say } = useTexts();
  const isPicking = picking.value !== null;
  const pick = () => {
    picking.value = isPicking
      ? null
      : (place) => {
          onPlace(place.lat.toFixed(DIGITS), place.lon.toFixed(DIGITS));
          picking.value = null;
        };
  };
  const field = (name: string, value: string, onInput: (text: string) => void, suffix: string) => (
    <label>
      <span>{name}</span>
      <input
        class="field"
        id={suffix === "lat" ? id : undefined}
        type="text"
        inputMode="decimal"
        size={9}
        value={value}
        aria-invalid={isWrong}
        aria-describedby={describedBy}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
  return (
    <div class="control-place">
      {field(latName, lat, (text) => onPlace(text, lon), "lat")}
      {field(lonName, lon, (text) => onPlace(lat, text), "lon")}
      <button type="button" class="button" aria-pressed={isPicking} onClick={pick}>
        <Icon name="pin" />
        {say(isPicking ? "forms.picking" : "forms.pick")}
      </button>
    </div>
  );
}
