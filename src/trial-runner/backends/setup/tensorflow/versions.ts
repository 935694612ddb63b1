import type { WheelFiles } from './wheel.ts'

/** The version of @tensorflow/tfjs-node and -gpu: that of our tfjs. */
export const TFJS_NODE = '4.22.0'

/** Node-API's headers; any later version serves as well. */
export const NODE_API_HEADERS = '1.9.0'

/** The TensorFlow that tfjs-node was seen to train on. */
const TENSORFLOW = '2.21.0'

/** TensorFlow's libraries, and the headers of its C API with what they include. */
const LIBRARIES =
  'tensorflow/(libtensorflow_(cc|framework)\\.so\\.2$|include/(tensorflow/c|tensorflow/core/platform|tsl|xla/tsl)/.*)'

const MB = 1e6

export const tensorflowCpu: WheelFiles = {
  folder: 'tensorflow',
  title: "TensorFlow's libraries",
  requirement: `tensorflow-cpu==${TENSORFLOW}`,
  wanted: LIBRARIES,
  bytes: { wheel: 274 * MB, files: 860 * MB },
}

export const tensorflowGpu: WheelFiles = {
  folder: 'tensorflow',
  title: "TensorFlow's libraries for GPUs",
  requirement: `tensorflow==${TENSORFLOW}`,
  wanted: LIBRARIES,
  bytes: { wheel: 573 * MB, files: 1265 * MB },
}

/** What `tensorflow[and-cuda]` asks for, without the compiler that only XLA uses: package, version, MB of wheel and libraries. */
const CUDA = [
  ['cublas', '12.9.3.13', 582, 856],
  ['cuda_cupti', '12.9.79', 11, 44],
  ['cuda_nvrtc', '12.9.86', 90, 228],
  ['cuda_runtime', '12.9.79', 4, 1],
  ['cudnn', '9.28.0.42', 717, 1163],
  ['cufft', '11.4.1.4', 201, 294],
  ['curand', '10.3.10.19', 69, 167],
  ['cusolver', '11.7.5.82', 339, 495],
  ['cusparse', '12.5.10.65', 367, 487],
  ['nccl', '2.32.3', 352, 474],
  ['nvjitlink', '12.9.86', 40, 96],
] as const

/** Next to `tensorflow`, as in Python's site-packages: there its libraries look for them. */
export const cuda: readonly WheelFiles[] = CUDA.map(([name, version, wheel, files]) => ({
  folder: `nvidia/${name}`,
  title: `CUDA: ${name}`,
  requirement: `nvidia-${name.replaceAll('_', '-')}-cu12==${version}`,
  wanted: `nvidia/${name}/lib/`,
  bytes: { wheel: wheel * MB, files: files * MB },
}))
