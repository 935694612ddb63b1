import { loadTfjsNode } from './load-tfjs-node.ts'

// What it prints on the way is the answer.
await loadTfjsNode('tfjs-node-gpu')
process.exit()
