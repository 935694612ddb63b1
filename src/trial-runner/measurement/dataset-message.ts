import type { Dataset } from '../../data/dataset.ts'

type Numbers = Float32Array | Uint8Array | Uint16Array | Uint32Array

/** A dataset as it can be sent to another process, which shared memory cannot. */
export function toMessage(dataset: Dataset): unknown {
  // slice() of a typed array on shared memory is on memory of its own.
  return withBlocks(dataset, (numbers) => numbers.slice())
}

/** What {@link toMessage} made, in shared memory again. */
export function fromMessage(message: unknown): Dataset {
  return withBlocks(message as Dataset, (numbers) => {
    const own = numbers.constructor as new (memory: SharedArrayBuffer) => Numbers
    const shared = new own(new SharedArrayBuffer(numbers.byteLength))
    shared.set(numbers)
    return shared
  }) as unknown as Dataset
}

function withBlocks(dataset: Dataset, convert: (numbers: Numbers) => Numbers) {
  const block = (parts: object) =>
    Object.fromEntries(
      Object.entries(parts).map(([key, part]) => [key, ArrayBuffer.isView(part) ? convert(part as Numbers) : part]),
    )
  return { ...dataset, inputs: dataset.inputs.map(block), targets: dataset.targets.map(block) }
}
