import type { StudyEvent } from '../storage/events.ts'
import type { StudyStart } from '../study/run-study.ts'

/** Shows a run while it goes on. */
export interface View {
  onStart(start: StudyStart): void
  onEvent(event: StudyEvent): void
  /** Ends the view, whatever the run came to; may be called twice. */
  close(): void
}

/** For `--json` into a pipe: standard error stays readable by a machine too. */
export const silentView: View = { onStart() {}, onEvent() {}, close() {} }
