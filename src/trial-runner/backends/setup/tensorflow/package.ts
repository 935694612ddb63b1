import { npmPackages } from '../npm-packages.ts'
import type { SetupStep } from '../setup.ts'
import { NODE_API_HEADERS, TFJS_NODE } from './versions.ts'

/** Under this name of the global registry of symbols lies the TensorFlow.js that the package is to extend. */
export const SHARED_TFJS = 'tfjs-tuner.tfjs'

/** The package asks for the umbrella of tfjs; a second copy of it would be a second engine. */
const SHARED = `module.exports = globalThis[Symbol.for('${SHARED_TFJS}')]
if (!module.exports) throw new Error('This copy of tfjs-node is loaded by tfjs-tuner, with --backend tfjs-node.')
`

/** The package asks where its addon is: in the result of the step \`addon\`. */
const ADDON_FINDER = `const { join } = require('node:path')
exports.find = () => join(__dirname, '..', '..', '..', '..', 'addon', 'tfjs_binding.node')
`

/** What only its install script uses, which is not run. */
const UNUSED = ['adm-zip', 'https-proxy-agent', 'rimraf', 'tar']

/** The step that fetches tfjs-node, or -gpu, without what it would download. */
export function tfjsNodePackage(name: string): SetupStep {
  return npmPackages({
    title: `The package ${name}`,
    packages: { [name]: TFJS_NODE, 'node-api-headers': NODE_API_HEADERS },
    replaced: {
      '@tensorflow/tfjs': { 'index.js': SHARED },
      '@tensorflow/tfjs-core': { 'index.js': SHARED },
      '@mapbox/node-pre-gyp': { 'index.js': ADDON_FINDER },
      ...Object.fromEntries(UNUSED.map((unused) => [unused, { 'index.js': '' }])),
    },
    bytes: 6e6,
  })
}
