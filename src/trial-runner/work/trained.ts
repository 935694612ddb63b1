import type { TrainingResult } from '../engines/engine.ts'

/** How a job ended, and what trained it. */
export type Trained = TrainingResult & { readonly engine: string; readonly backend: string }
