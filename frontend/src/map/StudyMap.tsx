// The map of the study.
export function StudyMap() {
  return <div class="study-map" />;
}
