import type { LayerKind } from './layer.ts'

const plan: LayerKind['plan'] = (site) => site.passThrough()

export const flatten: LayerKind = {
  className: 'Flatten',
  supports: ({ config }) => (config.dataFormat === 'channelsFirst' ? 'its dataFormat channelsFirst' : true),
  plan,
}

export const reshape: LayerKind = { className: 'Reshape', plan }
