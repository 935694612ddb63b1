"""Gaussian process posteriors and likelihoods from scikit-learn, the normal distribution and log h from SciPy.

Writes fixtures/gaussian-process.json. Run: python test/references/gaussian_process.py
"""

import json
import pathlib
import sys

import numpy as np
import scipy
import scipy.integrate
import scipy.stats
import sklearn
from scipy.special import log_ndtr
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

rng = np.random.default_rng(4)


def process(rows, columns, scales, variance, noise):
    x = rng.random((rows, columns))
    y = np.sin(5 * x[:, 0]) + x @ np.arange(columns) + 0.1 * rng.standard_normal(rows)
    y = (y - y.mean()) / y.std()
    queries = np.vstack([rng.random((4, columns)), x[:1]])
    kernel = ConstantKernel(variance) * Matern(scales, nu=2.5) + WhiteKernel(noise)
    model = GaussianProcessRegressor(kernel, alpha=0, optimizer=None).fit(x, y)
    likelihood, gradient = model.log_marginal_likelihood(model.kernel_.theta, eval_gradient=True)
    # scikit-learn's prediction has the noise in its variance: here it is that of the function.
    latent = ConstantKernel(variance) * Matern(scales, nu=2.5)
    mean = model.predict(queries)
    cross = latent(queries, x)
    covariance = latent(queries) - cross @ np.linalg.solve(latent(x) + noise * np.eye(rows), cross.T)
    # theta is log(variance), log(length scales), log(noise); relevance = 1 / scale^2, so its log counts -2 times.
    return {
        "points": x.tolist(),
        "targets": y.tolist(),
        "relevances": [1 / s**2 for s in scales],
        "variance": variance,
        "noise": noise,
        "likelihood": likelihood,
        "gradient": [*(-0.5 * gradient[1:-1]).tolist(), gradient[0], gradient[-1]],
        "queries": queries.tolist(),
        "means": mean.tolist(),
        "variances": np.diag(covariance).tolist(),
    }


def log_h(z):
    """log(phi + z Phi), h(z) being the integral of Phi up to z: by quadrature, far out by its expansion."""
    if z > -5:
        return float(np.log(scipy.stats.norm.pdf(z) + z * scipy.stats.norm.cdf(z)))
    if z < -100:
        return float(scipy.stats.norm.logpdf(z) - 2 * np.log(-z) + np.log1p(-3 / z**2 + 15 / z**4))
    scale = log_ndtr(z)
    area, _ = scipy.integrate.quad(lambda t: np.exp(log_ndtr(z + t / z) - scale), 0, 60, epsabs=0, epsrel=1e-12, limit=200)
    return float(scale + np.log(-area / z))


normals = [-1e5, -300.0, -40.0, -20.5, -19.5, -9.0, -5.5, -3.0, -2.01, -1.99, -1.0, -0.1, 0.0, 0.3, 1.99, 2.01, 4.0, 8.0, 30.0]
fixture = {
    "versions": {
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "processes": [
        process(12, 3, [0.3, 1.2, 5.0], 1.7, 1e-2),
        process(25, 2, [0.2, 0.6], 0.8, 1e-4),
        process(7, 5, [0.5, 0.5, 1.0, 2.0, 8.0], 2.5, 0.3),
    ],
    "logNormalCdf": [[z, float(log_ndtr(z))] for z in normals],
    "logH": [[z, log_h(z)] for z in normals],
}
path = pathlib.Path(__file__).parent / "fixtures" / "gaussian-process.json"
path.write_text(json.dumps(fixture, indent=1) + "\n")
