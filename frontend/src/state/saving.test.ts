import { expect, it } from "vitest";
import { idOf } from "./saving.ts";

it("makes ids of names as people write them", () => {
  expect(idOf("Ny stasjon på Bekkestua", [])).toBe("ny-stasjon-pa-bekkestua");
  expect(idOf("Bærum øst", ["baerum-ost"])).toBe("baerum-ost-2");
  expect(idOf("Bærum øst", ["baerum-ost", "baerum-ost-2"])).toBe("baerum-ost-3");
  expect(idOf("???", [])).toBe("ny");
});
