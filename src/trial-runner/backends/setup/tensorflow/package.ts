import { npmPackages } from '../npm-packages.ts'
import type { SetupStep } from '../setup.ts'
import { sharedTfjs } from '../shared-tfjs.ts'
import { NODE_API_HEADERS, TFJS_NODE } from './versions.ts'

/** The package asks where its addon is: in the result of the step \`addon\`. */
const ADDON_FINDER = `const { join } = require('node:path')
exports.find = () => join(__dirname, '..', '..', '..', '..', 'addon', 'tfjs_binding.node')
`

/** What only its install script uses, which is not run. */
const UNUSED = ['adm-zip', 'https-proxy-agent', 'rimraf', 'tar']

/** The step that fetches tfjs-node, or -gpu, without what it would download. */
export function tfjsNodePackage(name: string): SetupStep {
  const shared = { 'index.js': sharedTfjs('tfjs-node') }
  return npmPackages({
    title: `The package ${name}`,
    packages: { [name]: TFJS_NODE, 'node-api-headers': NODE_API_HEADERS },
    replaced: {
      '@tensorflow/tfjs': shared,
      '@tensorflow/tfjs-core': shared,
      '@mapbox/node-pre-gyp': { 'index.js': ADDON_FINDER },
      ...Object.fromEntries(UNUSED.map((unused) => [unused, { 'index.js': '' }])),
    },
    bytes: 6e6,
  })
}
