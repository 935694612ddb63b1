// Is a film review positive? Which of its 10,000 words a review has, a 16-16-1 network, RMSprop, and what helps against
// overfitting: a smaller network, L2 or dropout, each with its own parameter, as in the book of Keras's author.
// Reviews: tune run examples/imdb/study.ts --data aclImdb/train/labeledBow.feat   (of the Large Movie Review Dataset)
// Without --data it generates reviews of the same shape: sets of words, one in ten chosen by the verdict.
import { bagsOfWords, choice, defineStudy, float, holdout, int, libsvm, tpe } from 'tfjs-tuner'

export default defineStudy({
  name: 'imdb',
  space: {
    remedy: choice(['none', 'smaller', 'l2', 'dropout']),
    units: int(2, 8).when('remedy', 'smaller'),
    l2: float(1e-4, 1e-2, { scale: 'log' }).when('remedy', 'l2'),
    dropout: float(0.2, 0.6).when('remedy', 'dropout'),
    learningRate: float(3e-4, 1e-2, { scale: 'log' }),
  },
  data: ({ path }) =>
    path === undefined
      ? bagsOfWords({ rows: 10_000 })
      : libsvm(path, { columns: 10_000, binary: true, target: { atLeast: 7 }, classes: ['negative', 'positive'] }),
  model({ tf, params, inputShape }) {
    const { units = 16, l2 = 0, dropout = 0, learningRate } = params
    const hidden = { units, activation: 'relu', kernelRegularizer: tf.regularizers.l2({ l2 }) } as const
    const model = tf.sequential()
    model.add(tf.layers.dense({ ...hidden, inputShape }))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense(hidden))
    model.add(tf.layers.dropout({ rate: dropout }))
    model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }))
    model.compile({
      optimizer: tf.train.rmsprop(learningRate),
      loss: 'binaryCrossentropy',
      metrics: ['accuracy'],
    })
    return model
  },
  validation: holdout(0.4),
  training: { epochs: 20, batchSize: 512, earlyStopping: { patience: 4, restoreBest: true } },
  optimize: 'val_accuracy', // not val_loss, to which L2 adds its penalty
  tuner: tpe({ trials: 24 }),
})
