import { bayesianOptimization } from '../../../src/tuners/bayesian-optimization/tuner.ts'
import { tunerContract } from '../../contracts/tuner.ts'

tunerContract('bayesianOptimization', (trials) => bayesianOptimization({ trials }), {
  length: 25,
  long: { trials: 120, ms: 200 },
})
