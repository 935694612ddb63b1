const SHORT: Readonly<Record<string, string>> = {
  acc: 'accuracy',
  meanSquaredError: 'mse',
  MSE: 'mse',
  meanAbsoluteError: 'mae',
  MAE: 'mae',
  meanAbsolutePercentageError: 'mape',
  MAPE: 'mape',
  cosineProximity: 'cosine_proximity',
  cosine: 'cosine_proximity',
  binaryAccuracy: 'binary_accuracy',
  categoricalAccuracy: 'categorical_accuracy',
  sparseCategoricalAccuracy: 'sparse_categorical_accuracy',
  binaryCrossentropy: 'binary_crossentropy',
  categoricalCrossentropy: 'categorical_crossentropy',
  sparseCategoricalCrossentropy: 'sparse_categorical_crossentropy',
}

/** A metric's name in Keras's words: `meanAbsoluteError` is `mae`, `acc` is `accuracy`. */
export function kerasMetricName(name: string): string {
  return SHORT[name] ?? name
}

/** Whether more of a metric is better: true for accuracies, AUC, precision, recall and F1. */
export function isHigherBetter(metric: string): boolean {
  return /(^|_)(accuracy|auc|precision|recall|f1)$/.test(metric)
}
