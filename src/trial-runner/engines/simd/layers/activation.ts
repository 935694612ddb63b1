import { activate, activateGradient, activationKind, hasActivation } from './activation-kind.ts'
import type { LayerKind } from './layer.ts'

export const activation: LayerKind = {
  className: 'Activation',

  supports({ config }) {
    return hasActivation(config.activation) ? true : `its activation ${String(config.activation)}`
  },

  plan(site) {
    const name = String(site.config.activation)
    const kind = activationKind(name)
    if (kind === undefined) return site.passThrough()
    const x = kind.lineGradient ? site.lanedInput() : site.input()
    const y = site.output(x)
    activate(site, name, x.value, y)
    const d = y.gradient
    const g = site.inputGradient()
    if (d && g) activateGradient(site, name, kind.saves === 'input' ? x.value : y.value, d, g, y)
  },
}
