// Small drawings for buttons, on a grid of 16, in the colour of the text. They say nothing to a screen reader: the button does.
const PATHS = {
  share:
    "M6 9.5 10 7M6 10.5l4 2.5M4.5 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM11.5 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM11.5 15.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  light:
    "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M13 3l-1.1 1.1M4.1 11.9 3 13",
  dark: "M13.5 9.7A6 6 0 0 1 6.3 2.5a6 6 0 1 0 7.2 7.2Z",
  auto: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 5h3M8 8h4M8 11h3",
  help: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM6 6.3a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M8 11.6v.2",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  down: "M4 6.5 8 10.5 12 6.5",
  layers: "M8 2 14 5.5 8 9 2 5.5 8 2ZM2.5 8.3 8 11.5l5.5-3.2M2.5 11.1 8 14.3l5.5-3.2",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  whole: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  close: "M4 4l8 8M12 4l-8 8",
  undo: "M5.5 3 2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6",
  redo: "M10.5 3l3 3-3 3M13.5 6H6a3.5 3.5 0 0 0 0 7h4",
  edit: "M3 13l.7-3L11 2.7l2.3 2.3L6 12.3 3 13ZM9.5 4.2l2.3 2.3",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  play: "M5 3v10l8-5-8-5Z",
  pause: "M5 3v10M11 3v10",
  pin: "M8 14.5s4.5-4.6 4.5-8a4.5 4.5 0 0 0-9 0c0 3.4 4.5 8 4.5 8ZM8 8a1.6 1.6 0 1 0 0-3.2A1.6 1.6 0 0 0 8 8Z",
  picture: "M8 2v7.5M4.8 6.8 8 10l3.2-3.2M2.5 10.5v3h11v-3",
  follow: "M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 1v3M8 12v3M1 8h3M12 8h3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true">
      <path
        d={PATHS[name]}
        stroke="currentColor"
        stroke-width="1.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
