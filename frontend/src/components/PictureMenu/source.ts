// What the figures of a page rest on, said below pictures of them; where nothing is given, the study that is open.
import { createContext } from "preact";

export const Source = createContext<string | undefined>(undefined);
