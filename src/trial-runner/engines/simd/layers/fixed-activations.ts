import { activate, activateGradient, activationKind } from './activation-kind.ts'
import type { LayerKind } from './layer.ts'

/** A layer that is one of the activations by another name. */
function fixedActivation(className: string, name: string, supports?: LayerKind['supports']): LayerKind {
  return {
    className,
    ...(supports === undefined ? {} : { supports }),
    plan(site) {
      const x = activationKind(name)?.lineGradient ? site.lanedInput() : site.input()
      const y = site.output(x)
      activate(site, name, x.value, y)
      const d = y.gradient
      const g = site.inputGradient()
      if (d && g) activateGradient(site, name, y.value, d, g, y)
    },
  }
}

/** x above 0, otherwise e^x - 1 (Clevert et al., 2016). tfjs has no other `alpha` than 1. */
export const elu = fixedActivation('ELU', 'elu')

/** Softmax over the last extent. */
export const softmax = fixedActivation('Softmax', 'softmax', ({ config, inputShapes }) => {
  const [axis] = [config.axis].flat()
  const last = inputShapes[0]?.length ?? 0
  return axis === -1 || axis === last ? true : `its axis ${String(config.axis)}: only the last one`
})
