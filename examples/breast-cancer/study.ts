// Breast cancer in Wisconsin: is a tumour malignant? 30 measurements, a small network, five folds with the same share of
// both classes, ranked by the area under the ROC curve, which does not depend on where the line is drawn.
// The table comes from you: tune run examples/breast-cancer/study.ts --data breast_cancer_wisconsin.csv
import { bayesianOptimization, csv, defineStudy, float, int, standardize, stratifiedKFold } from 'tfjs-tuner'

export default defineStudy({
  name: 'breast-cancer',
  space: {
    units: int(4, 64, { scale: 'log' }),
    dropout: float(0, 0.5),
    learningRate: float(1e-4, 3e-2, { scale: 'log' }),
  },
  data: ({ path }) => csv(path, { target: 'diagnosis', drop: ['id'] }),
  preprocess: standardize(), // fitted on each fold's training rows only
  model({ tf, keras, params, inputShape }) {
    const { units, dropout, learningRate } = params
    const model = tf.sequential()
    model.add(tf.layers.dense({ units, activation: 'relu', inputShape }))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }))
    model.compile({
      optimizer: tf.train.adam(learningRate),
      loss: 'binaryCrossentropy',
      metrics: ['accuracy', keras.metrics.auc()],
    })
    return model
  },
  validation: stratifiedKFold(5),
  training: { epochs: 60, batchSize: 16, earlyStopping: { patience: 8, restoreBest: true } },
  optimize: 'val_auc',
  tuner: bayesianOptimization({ trials: 25 }),
})
