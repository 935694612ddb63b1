// Written by scripts/build-kernels.mjs from assembly/. Offsets are in bytes, counts in floats.

export interface Kernels {
  // assembly/activations.ts
  relu(x: number, y: number, rows: number, width: number, lanes: number): void
  reluGradient(saved: number, d: number, g: number, count: number): void
  relu6(x: number, y: number, rows: number, width: number, lanes: number): void
  relu6Gradient(saved: number, d: number, g: number, count: number): void
  sigmoid(x: number, y: number, rows: number, width: number, lanes: number): void
  sigmoidGradient(saved: number, d: number, g: number, count: number): void
  hardSigmoid(x: number, y: number, rows: number, width: number, lanes: number): void
  hardSigmoidGradient(saved: number, d: number, g: number, count: number): void
  softplus(x: number, y: number, rows: number, width: number, lanes: number): void
  softplusGradient(saved: number, d: number, g: number, count: number): void
  softsign(x: number, y: number, rows: number, width: number, lanes: number): void
  softsignGradient(saved: number, d: number, g: number, count: number): void
  tanh(x: number, y: number, rows: number, width: number, lanes: number): void
  tanhGradient(saved: number, d: number, g: number, count: number): void
  elu(x: number, y: number, rows: number, width: number, lanes: number): void
  eluGradient(saved: number, d: number, g: number, count: number): void
  selu(x: number, y: number, rows: number, width: number, lanes: number): void
  seluGradient(saved: number, d: number, g: number, count: number): void
  leakyRelu(x: number, y: number, rows: number, width: number, lanes: number, p: number): void
  leakyReluGradient(saved: number, d: number, g: number, count: number, p: number): void
  cappedRelu(x: number, y: number, rows: number, width: number, lanes: number, p: number): void
  cappedReluGradient(saved: number, d: number, g: number, count: number, p: number): void
  thresholdedRelu(x: number, y: number, rows: number, width: number, lanes: number, p: number): void
  thresholdedReluGradient(saved: number, d: number, g: number, count: number, p: number): void
  gelu(x: number, y: number, rows: number, width: number, lanes: number): void
  geluGradient(saved: number, d: number, g: number, count: number): void
  geluNew(x: number, y: number, rows: number, width: number, lanes: number): void
  geluNewGradient(saved: number, d: number, g: number, count: number): void
  mish(x: number, y: number, rows: number, width: number, lanes: number): void
  mishGradient(saved: number, d: number, g: number, count: number): void
  swish(x: number, y: number, rows: number, width: number, lanes: number): void
  swishGradient(saved: number, d: number, g: number, count: number): void

  // assembly/clipping.ts
  /** Every number of g into [-limit, limit]. */
  clipValues(g: number, count: number, limit: number): void
  /** Sum of the squares of g. */
  squareSum(g: number, count: number): number

  // assembly/column.ts
  /** z = x w + bias, then max(0, z) where `relu` is 1; bias 0 stands for none. */
  columnForward(x: number, w: number, bias: number, z: number, rows: number, inputs: number, relu: number): void
  /** The gradient of the input: g = d w. */
  columnInputGradient(d: number, w: number, g: number, rows: number, inputs: number): void
  /** The gradient of the kernel: g = x^T d. */
  columnGradient(x: number, d: number, g: number, rows: number, inputs: number): void

  // assembly/constraints.ts
  /**
   * Brings the norms of groups of weights into [low, high], all the way or by the share `rate`. `places` lists the floats
   * of w: `groups` groups of `size` after each other.
   */
  constrainNorms(w: number, places: number, groups: number, size: number, low: number, high: number, rate: number): void

  // assembly/convolution.ts
  /**
   * z = patches of x · W + bias, then max(0, z) where `relu` is 1; bias 0 stands for none. images * height * width is a
   * multiple of 4. W in panels [lanes / 8][kernelRows * taps * length][8], z [images][height][width][lanes].
   */
  convolutionForward(x: number, w: number, bias: number, z: number, images: number, height: number, width: number, imageStep: number, rowStep: number, step: number, kernelRows: number, rowTap: number, taps: number, tap: number, length: number, lanes: number, relu: number): void
  /**
   * The reverse of the forward step: each pixel of d times the transposed weights is added into the pieces of g that it
   * came from. d in strips [channels of d / 8][pixels rounded up to 4][8], with zeros at the end; W as
   * `transposeKernel` makes it; g (cleared before) has lines of `length` floats, a multiple of 8, one for each tap.
   */
  convolutionScatter(d: number, w: number, g: number, images: number, height: number, width: number, imageStep: number, rowStep: number, step: number, kernelRows: number, rowTap: number, taps: number, tap: number, length: number, columns: number): void
  /**
   * g += patches of x transposed · d, in panels [lanes / 8][kernelRows * taps * length][8]. x in strips of 4 channels,
   * [..][stripX pixels][4], steps counted in floats of a strip; d in strips [lanes / 8][stripD pixels][8].
   */
  convolutionGradient(x: number, d: number, g: number, images: number, height: number, width: number, imageStep: number, rowStep: number, step: number, kernelRows: number, rowTap: number, taps: number, tap: number, length: number, lanes: number, stripX: number, stripD: number): void
  /** Panels [.. / 8][taps * length][8] of `columns` columns -> [taps][lanes / 8][columns][8] with rows for `lanes` channels. */
  transposeKernel(w: number, out: number, taps: number, length: number, lanes: number, columns: number): void

  // assembly/dense-gradient.ts
  /** Rows [rows][width] -> strips [width / 4][rows][4]. */
  stripsOf4(x: number, out: number, rows: number, width: number): void
  /** Rows [rows][width] -> strips [width / 8][rows][8]. */
  stripsOf8(x: number, out: number, rows: number, width: number): void
  /** g = x^T d in panels. */
  denseGradient(x: number, d: number, g: number, rows: number, inputs: number, width: number, strips: number): void
  /** `denseGradient` and `update` in one: the gradient goes no further than `scratch` (2,048 floats). */
  denseLearn(x: number, d: number, scratch: number, rows: number, inputs: number, width: number, strips: number, rule: number, w: number, s: number, t: number, u: number): void

  // assembly/dense.ts
  /**
   * z = x W + bias, then max(0, z) where `relu` is 1. x [rows][inputs], z [rows][width]; bias 0 stands for none.
   * With transposed weights it is also the gradient of the input.
   */
  denseForward(x: number, w: number, bias: number, z: number, rows: number, inputs: number, width: number, relu: number): void
  /** Panels [width / 8][inputs][8] -> panels of the transpose, [inputs / 8][width][8]. */
  transposePanels(w: number, out: number, inputs: number, width: number): void
  /** g = sum of the rows of d: the gradient of a bias. */
  columnSums(d: number, g: number, rows: number, width: number): void

  // assembly/depthwise.ts
  /** z = patches of x times w, summed over the kernel, + bias; bias 0 stands for none. */
  depthwiseForward(x: number, w: number, bias: number, z: number, images: number, height: number, width: number, imageStep: number, rowStep: number, step: number, kernelRows: number, rowTap: number, taps: number, tap: number, lanes: number): void
  /** The reverse: d times w is added into the places of g (cleared before) that it came from. */
  depthwiseScatter(d: number, w: number, g: number, images: number, height: number, width: number, imageStep: number, rowStep: number, step: number, kernelRows: number, rowTap: number, taps: number, tap: number, lanes: number): void
  /** g = patches of x times d, summed over all pixels: lines [kernelRows * taps][lanes]. */
  depthwiseGradient(x: number, d: number, g: number, images: number, height: number, width: number, imageStep: number, rowStep: number, step: number, kernelRows: number, rowTap: number, taps: number, tap: number, lanes: number): void
  /** Every number of a line of x `times` times side by side in y. */
  repeatChannels(x: number, y: number, lines: number, width: number, lanes: number, times: number, outLanes: number): void
  /** The reverse: y = sums of `times` numbers of x that lie side by side. */
  sumChannels(x: number, y: number, lines: number, width: number, lanes: number, times: number, inLanes: number): void

  // assembly/elementwise.ts
  copy(x: number, y: number, count: number): void
  fill(y: number, value: number, count: number): void
  /** y += x. */
  accumulate(x: number, y: number, count: number): void
  /** Each of the rows of y [rows][lanes] += x [lanes]. */
  addLine(x: number, y: number, rows: number, lanes: number): void
  /** y = x * scale, bytes to floats. */
  expandBytes(x: number, y: number, count: number, scale: number): void
  /** Rows of y = rows numbers[0], numbers[1], ... of x, each `stride` floats; those from `rows` to `padded` become 0. */
  gatherRows(x: number, numbers: number, y: number, rows: number, padded: number, stride: number): void
  /**
   * Copies `rows` rows of `size` numbers from lines of `fromWidth` numbers, `fromLanes` apart, to lines of `toWidth`,
   * `toLanes` apart: the same numbers in the same order, with other padding. The padding of y becomes 0.
   */
  relayout(x: number, y: number, rows: number, size: number, fromWidth: number, fromLanes: number, toWidth: number, toLanes: number): void

  // assembly/images.ts
  /** y = x with borders of zeros. */
  padImages(x: number, y: number, images: number, height: number, width: number, lanes: number, top: number, bottom: number, left: number, right: number): void
  /** y = x without its borders; height and width are those of y. */
  cropImages(x: number, y: number, images: number, height: number, width: number, lanes: number, top: number, bottom: number, left: number, right: number): void
  /**
   * Gradients of pixels [pixels][lanes] -> strips [lanes / 8][pixels rounded up to 4][8], zeros at the end. Where y is not 0
   * only those where y > 0 pass (the slope of relu). Where sums is not 0, sums [lanes] += sum over pixels.
   */
  gradientStrips(d: number, y: number, out: number, sums: number, pixels: number, lanes: number): void
  /**
   * Patches of images of few channels, [images * height * width][patch], one after the other. The kernel lies over x as
   * convolution.ts says.
   */
  patches(x: number, out: number, images: number, height: number, width: number, imageStep: number, rowStep: number, step: number, kernelRows: number, rowTap: number, taps: number, tap: number, length: number): void

  // assembly/logit-losses.ts
  /** Categorical crossentropy of logits. */
  softmaxCrossEntropy(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  /** The same where t holds one class number for each line. */
  sparseSoftmaxCrossEntropy(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  /**
   * Binary crossentropy weighed with (1 - q)^gamma, q being the probability of what is the case, and with `one` where t is
   * 1 and `zero` where it is 0 (Lin et al., 2017). p holds probabilities, or logits where `logits` is 1.
   */
  binaryFocalCrossentropy(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number, gamma: number, one: number, zero: number, logits: number): number

  // assembly/losses.ts
  meanSquaredError(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  meanAbsoluteError(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  meanAbsolutePercentageError(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  meanSquaredLogarithmicError(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  squaredHinge(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  hinge(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  logcosh(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  binaryCrossentropy(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  kullbackLeiblerDivergence(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  poisson(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  /** Of logits: p is any real number. */
  sigmoidCrossEntropy(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  /** Squared up to an error of `delta`, linear beyond (P. J. Huber, 1964). */
  huber(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number, delta: number): number
  /** Of probabilities, which are first scaled to sum 1. */
  categoricalCrossentropy(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  /** t holds one class number for each row. Probabilities are clipped, then scaled to sum 1. */
  sparseCategoricalCrossentropy(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  /** max(0, 1 + largest wrong - right), where the wrong are weighed with 1 - t. */
  categoricalHinge(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number
  /** Minus the cosine of the angle between prediction and target. */
  cosineProximity(p: number, t: number, g: number, rows: number, padded: number, width: number, lanes: number): number

  // assembly/merge.ts
  /** z = x + y. */
  addTensors(x: number, y: number, z: number, count: number): void
  /** z = x y. */
  multiplyTensors(x: number, y: number, z: number, count: number): void
  /** z = the larger of x and y. */
  maximumTensors(x: number, y: number, z: number, count: number): void
  /** z = the smaller of x and y. */
  minimumTensors(x: number, y: number, z: number, count: number): void
  /** y = x * factor. May work in place. */
  scaleTensor(x: number, y: number, factor: number, count: number): void
  /** Moves d to g wherever x is y, and leaves 0 behind: whoever asks first gets the gradient of an extreme. */
  claimGradient(x: number, y: number, d: number, g: number, count: number): void
  /** Copies `count` blocks of `size` floats, any number, from places `from` apart to places `to` apart; then `zeros` zeros. */
  copyBlocks(x: number, y: number, count: number, size: number, from: number, to: number, zeros: number): void
  /** z [rows][lanes] = the product of two lines in its first column, zeros behind. Lines x, y are `width` floats. */
  dotLines(x: number, y: number, z: number, rows: number, width: number, lanes: number): void
  /** g = other * (first column of d): the gradient of one of two lines. */
  dotGradient(other: number, d: number, g: number, rows: number, width: number, lanes: number): void

  // assembly/metrics.ts
  /** Share of a row's columns where p > 0.5 says what t says. */
  binaryAccuracy(p: number, t: number, rows: number, width: number, lanes: number): number
  categoricalAccuracy(p: number, t: number, rows: number, width: number, lanes: number): number
  /** t holds one class number for each row. */
  sparseCategoricalAccuracy(p: number, t: number, rows: number, width: number, lanes: number): number

  // assembly/noise.ts
  /** y = x + a normal number with that standard deviation. */
  gaussianNoise(x: number, y: number, rows: number, width: number, lanes: number, a: number, b: number, deviation: number): void
  /** y = x (1 + a normal number with that standard deviation); with gradients for x and y its own gradient. */
  gaussianDropout(x: number, y: number, rows: number, width: number, lanes: number, a: number, b: number, deviation: number): void
  /** y = scale * x + shift where a position is kept, otherwise `dropped`. `threshold` is rate * 2^32. */
  alphaDropout(x: number, y: number, rows: number, width: number, lanes: number, a: number, b: number, threshold: number, scale: number, shift: number, dropped: number): void

  // assembly/normalization.ts
  /** Mean and (biased) variance of each column over `lines` lines. `sums`: 2 * lanes floats. */
  moments(x: number, mean: number, variance: number, sums: number, lines: number, lanes: number): void
  /** moving -= (moving - x) * rest. */
  moveTowards(x: number, moving: number, count: number, rest: number): void
  /** y = 1 / sqrt(variance + epsilon). */
  inverseDeviation(variance: number, y: number, count: number, epsilon: number): void
  /** y = (x - mean) * inverse * gamma + beta, column by column. */
  normalizeColumns(x: number, mean: number, inverse: number, gamma: number, beta: number, y: number, lines: number, lanes: number): void
  /** Sums of d and of d * (x - mean) * inverse over `lines` lines: the gradients of beta and gamma. `sums`: 4 * lanes floats. */
  normalizeSums(x: number, mean: number, inverse: number, d: number, gammaGradient: number, betaGradient: number, sums: number, lines: number, lanes: number): void
  /**
   * g = gamma * inverse * (d - mean of d - normalized x * mean of d * normalized x), where `betaGradient` and
   * `gammaGradient` hold the sums that the two means are made of; zeros in the lines from `lines` to `padded`.
   */
  normalizeGradient(x: number, mean: number, inverse: number, gamma: number, d: number, gammaGradient: number, betaGradient: number, g: number, lines: number, padded: number, lanes: number): void
  /** y = (x - mean) / sqrt(variance + epsilon) * gamma + beta, with mean and variance of each line. */
  normalizeLines(x: number, gamma: number, beta: number, y: number, lines: number, width: number, lanes: number, epsilon: number): void
  /**
   * The gradients of `normalizeLines`; those of gamma and beta are added to (cleared before). A gradient at 0 is not
   * wanted.
   */
  normalizeLinesGradient(x: number, gamma: number, d: number, g: number, gammaGradient: number, betaGradient: number, lines: number, width: number, lanes: number, epsilon: number): void

  // assembly/optimizers.ts
  /** `kept`: the share of every weight that decay leaves before the rule is applied; 1 for no decay. */
  optimizerSettings(rate_: number, a_: number, b_: number, epsilon_: number, c_: number, kept_: number): void
  /** Applies rule `rule` (numbered as below) to `count` weights, a multiple of 4. */
  update(rule: number, w: number, g: number, count: number, s: number, t: number, u: number): void

  // assembly/pairs-pooling.ts
  /**
   * y = largest number of each window. Where `rectified` is 1, x is the result of a relu whose slope goes into `found` as well:
   * nothing passes where the largest number is 0.
   */
  pairsPool(x: number, y: number, found: number, images: number, height: number, width: number, lanes: number, outHeight: number, outWidth: number, rectified: number): void
  /** g = what d gives to the number of each window that was found. */
  pairsPoolGradient(d: number, found: number, g: number, images: number, height: number, width: number, lanes: number, outHeight: number, outWidth: number): void

  // assembly/pooling.ts
  /** y = largest or, where `mean` is 1, mean number of each window. */
  pool(x: number, y: number, images: number, height: number, width: number, lanes: number, outHeight: number, outWidth: number, poolHeight: number, poolWidth: number, strideY: number, strideX: number, top: number, left: number, mean: number): void
  /**
   * g = what d gives to the first largest number of each window. Where `rectified` is 1, x is the result of a relu whose
   * slope is put in as well: nothing passes where the largest number is 0.
   */
  maxPoolGradient(x: number, y: number, d: number, g: number, images: number, height: number, width: number, lanes: number, outHeight: number, outWidth: number, poolHeight: number, poolWidth: number, strideY: number, strideX: number, top: number, left: number, rectified: number): void
  /** g = d shared out evenly to each window; g is cleared here. */
  meanPoolGradient(d: number, g: number, images: number, height: number, width: number, lanes: number, outHeight: number, outWidth: number, poolHeight: number, poolWidth: number, strideY: number, strideX: number, top: number, left: number): void
  /** y [rows][lanes] = largest of the `count` lines of each row. */
  maxOfLines(x: number, y: number, rows: number, count: number, lanes: number): void
  /** g = d for every number that is the largest: several where they are equal, as tfjs has it. */
  maxOfLinesGradient(x: number, y: number, d: number, g: number, rows: number, count: number, lanes: number): void
  /** y [rows][lanes] = scale * sum of the `count` lines of each row. */
  sumOfLines(x: number, y: number, rows: number, count: number, lanes: number, scale: number): void
  /** Each of the `count` lines of a row of y = scale * the line of that row of x. */
  repeatLines(x: number, y: number, rows: number, count: number, lanes: number, scale: number): void

  // assembly/prelu.ts
  /** y = x above 0, otherwise alpha x. */
  prelu(x: number, alpha: number, y: number, count: number, period: number): void
  /** g = gradient by x, and slopes = gradient by alpha; 0 for either leaves it out. */
  preluGradient(x: number, alpha: number, d: number, g: number, slopes: number, count: number, period: number): void

  // assembly/probe.ts
  /** a * b + c as the kernels of this module compute it: tells whether the hardware fuses. */
  multiplyAdd(a: number, b: number, c: number): number

  // assembly/random.ts
  /**
   * y = x / (1 - rate) where a position is kept, otherwise 0. `threshold` is rate * 2^16, at least 1 and below 2^16: each
   * hash decides two positions, by one half of its bits each. `scale` is 1 / (1 - rate). The same call with gradients for x
   * and y is its own gradient. May work in place.
   */
  dropout(x: number, y: number, count: number, a: number, b: number, threshold: number, scale: number): void
  /** g = d / (1 - rate) where y > 0, otherwise 0: the gradient through dropout and the relu before it. */
  dropoutReluGradient(y: number, d: number, g: number, count: number, scale: number): void
  /** The same mask for all `count` lines of a row: whole channels are kept or dropped. */
  dropoutChannels(x: number, y: number, rows: number, count: number, lanes: number, a: number, b: number, threshold: number, scale: number): void

  // assembly/regularizers.ts
  /** Penalty l1 * sum |w| + l2 * sum w^2. */
  penalty(w: number, count: number, l1: number, l2: number): number
  /** g += gradient of the penalty. */
  penaltyGradient(w: number, g: number, count: number, l1: number, l2: number): void

  // assembly/resampling.ts
  /** Every pixel of x becomes tall * wide pixels of y. */
  repeatPixels(x: number, y: number, images: number, height: number, width: number, lanes: number, tall: number, wide: number): void
  /** g = sums of the tall * wide pixels of d that came of one. */
  sumPixels(d: number, g: number, images: number, height: number, width: number, lanes: number, tall: number, wide: number): void
  /** Bilinear: pixel (i, j) of y lies at (i / tall, j / wide) of x. */
  interpolate(x: number, y: number, images: number, height: number, width: number, lanes: number, tall: number, wide: number): void
  /** The gradient of `interpolate`; g is cleared here. */
  interpolateGradient(d: number, g: number, images: number, height: number, width: number, lanes: number, tall: number, wide: number): void

  // assembly/sequences.ts
  /** y: for each of the `width` numbers of a line of x its line of the table. */
  embed(x: number, table: number, y: number, lines: number, width: number, xLanes: number, vocabulary: number, lanes: number): void
  /** g += d where the numbers of x look; g, laid out as the table, must have been cleared. */
  embedGradient(x: number, d: number, g: number, lines: number, width: number, xLanes: number, vocabulary: number, lanes: number): void
  /**
   * y [rows][n0][n1][n2][lanes], of which n3 are numbers: number (a, b, c, e) is that at a * s0 + b * s1 + c * s2 + e * s3 of
   * its row of x, `size` floats apart.
   */
  permute(x: number, y: number, rows: number, size: number, n0: number, n1: number, n2: number, n3: number, s0: number, s1: number, s2: number, s3: number, lanes: number): void

  // assembly/softmax.ts
  softmax(x: number, y: number, rows: number, width: number, lanes: number): void
  /** g = y (d - sum of y d). */
  softmaxGradient(y: number, d: number, g: number, rows: number, width: number, lanes: number): void
  logSoftmax(x: number, y: number, rows: number, width: number, lanes: number): void
  /** g = d - e^y * sum of d. */
  logSoftmaxGradient(y: number, d: number, g: number, rows: number, width: number, lanes: number): void

  // assembly/sparse.ts
  /** z = x W + bias; a bias of 0 stands for none. */
  sparseForward(starts: number, columns: number, values: number, w: number, bias: number, z: number, rows: number, width: number): void
  /** g += x^T d; g [inputs][width] must have been cleared. */
  sparseGradient(starts: number, columns: number, values: number, d: number, g: number, rows: number, width: number): void

  // assembly/winograd-input.ts
  winogradPlane(tiles: number, floats: number): number
  clearLine(at: number, bytes: number): void
  /**
   * Tiles `from` to `from` + `count` of x [images][height][width][lanes], transformed. A tile at row i and column j begins at
   * pixel (4 i - top, 4 j - left); there are zeros around x. `edge` holds 36 * (lanes + 4) floats.
   */
  winogradInput(x: number, out: number, edge: number, from: number, count: number, height: number, width: number, lanes: number, top: number, left: number, rows: number, columns: number, floats: number, tiles: number): void
  /** The reverse: adds what tiles of gradients m give to the pixels that they came from. Clears each image before its first tile. */
  winogradInputGradient(m: number, g: number, edge: number, from: number, count: number, height: number, width: number, lanes: number, top: number, left: number, rows: number, columns: number, floats: number, tiles: number): void

  // assembly/winograd-kernel.ts
  /** w in panels [filters / 8][9 * channels][8] -> u, matrices of `channels` rows; the rows that fill up are 0. */
  winogradKernel(w: number, u: number, half: number, channels: number, filters: number): void
  /** Matrices of `rows` rows and `columns` columns -> their transposes. */
  winogradTransposed(u: number, out: number, rows: number, columns: number): void
  /** The gradient g of w, in its panels, from that of the matrices u. */
  winogradKernelGradient(u: number, g: number, half: number, channels: number, filters: number): void

  // assembly/winograd-lines.ts
  inputLine(p: number, step: number, q: number, stepOut: number): void
  inputGradientLine(p: number, step: number, q: number, stepOut: number, add: number): void
  outputLine(p: number, step: number, q: number, stepOut: number, bias: number, floor: number): void
  outputGradientLine(d0: number, d1: number, d2: number, d3: number, q: number, stepOut: number): void
  kernelLine(p: number, step: number, q: number, stepOut: number): void
  kernelGradientLine(p: number, step: number, q: number, stepOut: number): void

  // assembly/winograd-output.ts
  /**
   * y [images][height][width][lanes] = pixels of tiles `from` to `from` + `count` + bias, then max(0, y) where `relu` is 1;
   * bias 0 stands for none. `edge` holds 36 * (lanes + 4) floats.
   */
  winogradOutput(m: number, bias: number, y: number, edge: number, from: number, count: number, height: number, width: number, lanes: number, rows: number, columns: number, floats: number, tiles: number, relu: number): void
  /**
   * The reverse: tiles of the gradient d [images][height][width][lanes] of y, for the products. Where y is not 0 only those
   * numbers pass where y > 0 (the slope of relu). Where sums is not 0, sums [lanes] += sum over pixels. `edge` holds
   * 36 * (lanes + 4) floats.
   */
  winogradOutputGradient(d: number, y: number, out: number, sums: number, edge: number, from: number, count: number, height: number, width: number, lanes: number, rows: number, columns: number, floats: number, tiles: number): void

  // assembly/winograd-products.ts
  /** out = a · w for each plane of `count` tiles, a multiple of 4: a of `inputs` channels, out of `columns` channels. */
  winogradProducts(a: number, w: number, out: number, count: number, tiles: number, inputs: number, columns: number): void
  /** g += a transposed · d for each plane of `count` tiles: a of `inputs` channels, d of `columns` channels. */
  winogradGradients(a: number, d: number, g: number, count: number, tiles: number, inputs: number, columns: number): void
}
