// The rosters that a unit may be given: those of the study, and those that the changes so far have made.
import { computed } from "@preact/signals";
import { service } from "./service.ts";
import { study } from "./study.ts";

export const rosters = computed(() => service.value?.rosters ?? study.value?.rosters ?? []);
